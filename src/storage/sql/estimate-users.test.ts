import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { migrate } from '../migrate.ts'
import { connectSqlite } from '../sqlite-connection.ts'
import { estimateUsers } from './estimate-users.ts'

it('counts small pools and reckons big ones from the density of their ids', async () => {
  const { db, tx } = connectSqlite(':memory:', 'write')
  migrate(db)
  const insert = `INSERT INTO pool_user (pool_uid, user_id, version, doc_schema, doc, owned) VALUES ('p', ?, 1, 1, '{}', '{}')`
  const add = async (from: number, to: number) => {
    for (let n = from; n < to; n += 1) {
      const hex = createHash('sha256').update(`${n}`).digest('hex')
      await tx.run(insert, `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`)
    }
  }
  db.exec('BEGIN')
  await add(0, 10_000)
  expect(await estimateUsers(tx, 'p')).toBe(10_000)
  await add(10_000, 60_000)
  const estimate = await estimateUsers(tx, 'p')
  expect(Math.abs(estimate - 60_000)).toBeLessThan(2500)
  expect(await estimateUsers(tx, 'other')).toBe(0)
  // Ids that are no random UUIDs say nothing by their order.
  await tx.run(insert, '!')
  for (let n = 0; n < 10_001; n += 1) await tx.run(insert, `!${n}`)
  expect(await estimateUsers(tx, 'p')).toBe(70_002)
})
