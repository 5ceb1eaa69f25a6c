import { afterEach, describe, expect, it } from 'vitest'
import { connectSqlite } from '../sqlite-connection.ts'
import { cachedRecord } from './cached-record.ts'
import { newParsedRecords } from './parsed-records.ts'
import type { Tx } from './tx.ts'

interface Setting {
  readonly allowed: boolean
}

const sql = 'SELECT version, doc FROM record WHERE uid = ?'
const closes: (() => void)[] = []
afterEach(() => {
  for (const close of closes.splice(0)) close()
})

const open = () => {
  const connection = connectSqlite(':memory:', 'write')
  closes.push(connection.close)
  connection.db.exec('CREATE TABLE record (uid TEXT PRIMARY KEY, version INTEGER, doc TEXT)')
  const parsed = newParsedRecords()
  const write = (version: number, setting: Setting) =>
    connection.db.prepare('INSERT OR REPLACE INTO record VALUES (?, ?, ?)').run('a', version, JSON.stringify(setting))
  return { connection, write, reading: connection.reading(parsed) }
}
const read = (tx: Tx, version: number) => cachedRecord<Setting>(tx, 'a', version, sql, 'a')

describe('cachedRecord', () => {
  it('reads a version once, and another one anew', async () => {
    const { reading, write, connection } = open()
    write(1, { allowed: true })
    const first = await read(reading, 1)
    expect(first).toEqual({ allowed: true })
    // Nobody changes a document under its version; could it be done, nobody would see.
    write(1, { allowed: false })
    expect(await read(reading, 1)).toBe(first)
    write(2, { allowed: false })
    expect(await read(reading, 2)).toEqual({ allowed: false })
    connection.db.exec('DELETE FROM record')
    expect(await read(reading, 3)).toBeUndefined()
  })

  it('answers no stale version after a slow reader has put it back (must-not-happen 46)', async () => {
    const { reading, write } = open()
    write(1, { allowed: true })
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const slow: Tx = {
      ...reading,
      get: async <T>(...query: Parameters<Tx['get']>) => {
        const row = await reading.get<T>(...query)
        await held
        return row
      },
    }
    const late = read(slow, 1)
    write(2, { allowed: false })
    expect(await read(reading, 2)).toEqual({ allowed: false })
    goOn()
    expect(await late).toEqual({ allowed: true })
    expect(await read(reading, 2)).toEqual({ allowed: false })
  })

  it('hands out what nobody can change', async () => {
    const { reading, write } = open()
    write(1, { allowed: false })
    const record = (await read(reading, 1)) as { allowed: boolean }
    expect(() => {
      record.allowed = true
    }).toThrow(TypeError)
    expect(await read(reading, 1)).toEqual({ allowed: false })
  })
})
