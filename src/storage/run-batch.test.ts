import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byAt } from './conformance/samples.ts'
import { migrate } from './migrate.ts'
import { runBatch } from './run-batch.ts'
import { verbNamed } from './sql/call.ts'
import { newParsedRecords } from './sql/parsed-records.ts'
import { connectSqlite, type SqliteConnection } from './sqlite-connection.ts'
import { StorageError } from './storage-error.ts'

const set = (key: string, value: string) => ({ group: 'meta', verb: 'set', args: [byAt(1), key, value] })

describe('runBatch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-'))
  let connection: SqliteConnection
  const read = (key: string) => verbNamed('meta', 'get').run(connection.reading(newParsedRecords()), key)

  beforeAll(() => {
    connection = connectSqlite(join(folder, 'batch.db'), 'write')
    migrate(connection.db)
  })
  afterAll(() => {
    connection.close()
    rmSync(folder, { recursive: true })
  })

  it('keeps the verbs that went well and nothing of one that did not', async () => {
    const { outcomes, fatal } = await runBatch(connection, [set('a', '1'), { group: 'meta', verb: 'nothing', args: [] }, set('b', '2')])
    expect(outcomes).toEqual([{ value: undefined }, { error: new Error('the store has no verb meta.nothing') }, { value: undefined }])
    expect(fatal).toBeUndefined()
    expect([await read('a'), await read('b')]).toEqual(['1', '2'])
  })

  it('refuses the whole batch when the disk is full, goes on reading, and writes again when there is room', async () => {
    const pages = Number(connection.db.prepare('PRAGMA page_count').get()?.['page_count'])
    connection.db.exec(`PRAGMA max_page_count = ${pages + 10}`)
    const { outcomes, fatal } = await runBatch(connection, [set('small', 'x'), set('big', 'x'.repeat(1_000_000))])
    expect(outcomes).toHaveLength(2)
    for (const outcome of outcomes) {
      const error = 'error' in outcome ? outcome.error : undefined
      expect(error).toBeInstanceOf(StorageError)
      expect(String(error)).toContain('the disk is full')
    }
    expect(fatal).toBeUndefined()
    expect([await read('small'), await read('a')]).toEqual([undefined, '1'])
    connection.db.exec('PRAGMA max_page_count = 1000000')
    expect((await runBatch(connection, [set('small', 'x')])).outcomes).toEqual([{ value: undefined }])
    expect(await read('small')).toBe('x')
  })

  it('waits for its turn rather than failing at once, and does not give the database up', async () => {
    const other = connectSqlite(join(folder, 'batch.db'), 'write')
    connection.db.exec('PRAGMA busy_timeout = 50')
    other.db.exec('BEGIN IMMEDIATE')
    const { outcomes, fatal } = await runBatch(connection, [set('busy', 'x')])
    expect(outcomes).toEqual([{ error: expect.any(StorageError) }])
    expect(fatal).toBeUndefined()
    other.db.exec('ROLLBACK')
    other.close()
    expect((await runBatch(connection, [set('busy', 'x')])).outcomes).toEqual([{ value: undefined }])
  })
})
