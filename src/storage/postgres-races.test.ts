import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresNote, startPostgres, type TestPostgres } from '../../tests/support/start-postgres.ts'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import { byAt, createPool, register, sampleCode, unique } from './conformance/samples.ts'
import { openPostgres } from './open-postgres.ts'
import { postgresStatement } from './postgres-statement.ts'
import { verbNamed } from './sql/call.ts'
import type { SqlValue, Tx } from './sql/tx.ts'
import type { Store } from './store.ts'

let server: TestPostgres
let url = ''
let store: Store

beforeAll(async () => {
  if (postgresNote !== '') return
  server = await startPostgres()
  url = await server.createDatabase()
  store = await openPostgres({ url, clock: systemClock, random: systemRandom })
})
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Another node that stops within a verb: `meanwhile` runs after the statement that has the text in it. */
const interrupted = async (group: string, verb: string, args: readonly unknown[], after: string, meanwhile: () => Promise<unknown>) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let serial = 0
  let other: Promise<unknown> = Promise.resolve()
  const ask = async (sql: string, values: readonly SqlValue[]) => {
    const result = await client.query(postgresStatement(sql).text, [...values])
    if (sql.includes(after)) {
      other = meanwhile()
      // Long enough to end, unless it has to wait for this transaction.
      await Promise.race([other, pause(300)])
    }
    return result
  }
  const tx: Tx = {
    get: async <T>(sql: string, ...values: readonly SqlValue[]) => (await ask(sql, values)).rows[0] as T | undefined,
    all: async <T>(sql: string, ...values: readonly SqlValue[]) => (await ask(sql, values)).rows as T[],
    run: async (sql, ...values) => (await ask(sql, values)).rowCount ?? 0,
    serial: () => serial++,
  }
  await client.query('BEGIN')
  const value = await verbNamed(group, verb).run(tx, ...args)
  await client.query('COMMIT')
  await client.end()
  await other
  return value
}

const purge = async () => {
  while ((await store.maintenance.purge(byAt(9_000_000_000), 500)) > 0);
}

describe.skipIf(postgresNote !== '')(`two nodes on PostgreSQL, one within a verb of the other${postgresNote}`, () => {
  it('keep a row that is renewed while the other removes what has expired', async () => {
    const user = await register(store, await createPool(store), 'renewed')
    await store.codes.put(byAt(1), sampleCode(user, { id: 'old', expiresAt: 1000 }))
    const fresh = sampleCode(user, { id: 'new', expiresAt: 9_000_000 })
    await interrupted('codes', 'put', [byAt(2000), fresh], 'INSERT INTO code', () => store.maintenance.purge(byAt(2000), 500))
    const charged = await store.codes.charge(byAt(2001), { poolUid: user.poolUid, userId: user.id, purpose: fresh.purpose }, 3)
    expect(charged).toMatchObject({ id: 'new' })
  })

  it('leave nothing of a user who is deleted while the other adds to it', async () => {
    const user = await register(store, await createPool(store), 'deleted')
    const device = { poolUid: user.poolUid, userId: user.id, key: `device-${unique()}`, version: 1 }
    await interrupted('devices', 'create', [byAt(1), device, 10], 'pool_user u', () => store.users.delete(byAt(2), user))
    await purge()
    expect(await store.users.byId(user.poolUid, user.id)).toBeUndefined()
    const left = await server.query(`SELECT device_key FROM device WHERE user_id = '${user.id}'`, url.split('/').at(-1))
    const counted = await server.query(`SELECT kind FROM tally WHERE kind = 'devices:${user.id}'`, url.split('/').at(-1))
    expect([left, counted]).toEqual([[], []])
  })
})
