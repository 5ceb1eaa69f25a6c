import { beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../migrate.ts'
import { connectSqlite, type SqliteConnection } from '../sqlite-connection.ts'
import { readDoc, saveDoc } from './record.ts'

const sql = {
  update: 'UPDATE user_pool SET version = ?, doc_schema = ?, doc = ? WHERE pool_uid = ? AND version = ? AND doc_schema <= ?',
  stored: 'SELECT version, doc_schema, doc FROM user_pool WHERE pool_uid = ?',
}

describe('saveDoc', () => {
  let connection: SqliteConnection
  const put = (schema: number, doc: object) =>
    connection.tx.run(
      'INSERT INTO user_pool (pool_uid, pool_id, region, version, doc_schema, doc) VALUES (?, ?, ?, ?, ?, ?)',
      'p',
      'id',
      'r',
      1,
      schema,
      JSON.stringify(doc),
    )
  const stored = async () => {
    const row = (await connection.tx.get<{ doc: string; doc_schema: number }>(sql.stored, 'p')) ?? expect.unreachable()
    return { schema: row.doc_schema, doc: readDoc(row) }
  }

  beforeEach(() => {
    connection = connectSqlite(':memory:', 'write')
    migrate(connection.db)
  })

  it('replaces the whole document of this version', async () => {
    await put(1, { version: 1, a: 1, b: 2 })
    expect(await saveDoc(connection.tx, sql, { version: 1, a: 3 }, 'p')).toBe(true)
    expect(await stored()).toEqual({ schema: 1, doc: { version: 2, a: 3 } })
  })

  it('keeps the members that a newer program wrote', async () => {
    await put(7, { version: 1, a: 1, fresh: { x: 1 } })
    expect(await saveDoc(connection.tx, sql, { version: 1, a: 3 }, 'p')).toBe(true)
    expect(await stored()).toEqual({ schema: 7, doc: { version: 2, a: 3, fresh: { x: 1 } } })
  })

  it('saves nothing over another version, whoever wrote it', async () => {
    await put(7, { version: 1, a: 1 })
    expect(await saveDoc(connection.tx, sql, { version: 2, a: 3 }, 'p')).toBe(false)
    expect(await stored()).toEqual({ schema: 7, doc: { version: 1, a: 1 } })
    expect(await saveDoc(connection.tx, sql, { version: 1, a: 3 }, 'absent')).toBe(false)
  })
})
