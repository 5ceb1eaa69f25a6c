import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../server/log.ts'
import { backUpSqlite } from './back-up-sqlite.ts'
import { byAt } from './conformance/samples.ts'
import { openSqlite } from './open-sqlite.ts'
import { restoreSqlite } from './restore-sqlite.ts'
import type { Store } from './store.ts'

const fail = (error: unknown) => {
  throw error
}

let root: string
let whole: Buffer
const at = (name: string): string => join(root, name)
const open = (name: string): Promise<Store> => openSqlite({ folder: at(name), onFatal: fail, log: silentLog })
const restore = (file: string, name: string, prepare: (store: Store) => Promise<void> = async () => undefined) =>
  restoreSqlite({ folder: at(name), file: at(file), log: silentLog, prepare })

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'poolhouse-restore-'))
  const store = await open('home')
  for (let n = 0; n < 2000; n += 1) await store.meta.set(byAt(1), `fact ${n}`, 'x'.repeat(50))
  await store.close()
  await backUpSqlite({ folder: at('home'), file: at('whole.db') })
  whole = await readFile(at('whole.db'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('a backup', () => {
  it('is of one moment, however much is written meanwhile', async () => {
    const store = await open('busy')
    try {
      let [n, ended] = [0, false]
      const writing = (async () => {
        for (; !ended; n += 1) {
          await store.meta.set(byAt(1), 'first', String(n))
          await store.meta.set(byAt(1), 'second', String(n))
        }
      })()
      while (n < 20) await new Promise((resolve) => setTimeout(resolve, 10))
      const { rows } = await backUpSqlite({ folder: at('busy'), file: at('busy.db') })
      const acknowledged = n
      ended = true
      await writing
      const db = new DatabaseSync(at('busy.db'), { readOnly: true })
      const found = Object.fromEntries(
        db
          .prepare('SELECT name, value FROM meta')
          .all()
          .map((row) => [row['name'], Number(row['value'])]),
      )
      expect(found['first']).toBeGreaterThan(0)
      expect([found['second'], Number(found['second']) + 1]).toContain(found['first'])
      expect(found['first']).toBeLessThanOrEqual(acknowledged)
      // Each change left a line in the audit trail, in the same commit.
      expect(rows - 2).toBe(Number(found['first']) + Number(found['second']) + 2)
      db.close()
    } finally {
      await store.close()
    }
  })

  it('leaves nothing behind when it can not be written', async () => {
    await mkdir(at('taken'))
    for (const [file, sentence] of [
      ['whole.db', /is there already/],
      ['taken', /is no regular file/],
      ['none/x.db', /There is no folder/],
    ] as const) {
      const before = await readdir(root)
      await expect(backUpSqlite({ folder: at('home'), file: at(file) })).rejects.toThrow(sentence)
      expect(await readdir(root)).toEqual(before)
    }
    expect(await readFile(at('whole.db'))).toEqual(whole)
  })
})

describe('a restored backup', () => {
  it('is prepared before it is in place, and has what was backed up', async () => {
    await expect(restore('whole.db', 'one', async () => fail(new Error('not this one')))).rejects.toThrow(/not this one/)
    expect(await readdir(at('one'))).toEqual(['poolhouse.lock'])
    await restore('whole.db', 'one', (store) => store.meta.set(byAt(2), 'prepared', 'yes'))
    expect((await readdir(at('one'))).sort()).toEqual(['poolhouse.db', 'poolhouse.lock'])
    const store = await open('one')
    expect([await store.meta.get('fact 1999'), await store.meta.get('prepared')]).toEqual(['x'.repeat(50), 'yes'])
    await expect(restore('whole.db', 'one')).rejects.toThrow(/Another Poolhouse server uses the data folder/)
    await store.close()
    await expect(restore('whole.db', 'one')).rejects.toThrow(/holds data already/)
  })

  it('of an older schema is brought up to date', async () => {
    await writeFile(at('older.db'), whole)
    const db = new DatabaseSync(at('older.db'))
    const { n } = db.prepare('SELECT max(number) AS n FROM schema_migration').get() as { n: number }
    db.exec(`DROP TABLE operator_session; DELETE FROM schema_migration WHERE number > ${n - 2}`)
    db.close()
    await restore('older.db', 'older', async (store) => expect(await store.operatorSessions.byHash('x')).toBeUndefined())
  })

  it('is refused unless it is a whole database of ours, and the folder stays without data', async () => {
    await writeFile(at('text.db'), 'no database at all, but a text of some length')
    await writeFile(at('empty.db'), '')
    await writeFile(at('cut.db'), whole.subarray(0, whole.length >> 1))
    const broken = Buffer.from(whole)
    broken.fill(0xff, broken.length >> 1, (broken.length >> 1) + 20_000)
    await writeFile(at('broken.db'), broken)
    for (const [name, ddl] of [
      ['foreign.db', 'CREATE TABLE song (title TEXT)'],
      ['bare.db', 'PRAGMA user_version = 1'],
      ['newer.db', 'CREATE TABLE schema_migration (number BIGINT); INSERT INTO schema_migration VALUES (1000)'],
    ] as const) {
      const db = new DatabaseSync(at(name))
      db.exec(ddl)
      db.close()
    }
    await writeFile(at('left.db'), whole)
    await writeFile(at('left.db-wal'), 'something')
    for (const [file, sentence] of [
      ['none.db', /There is no backup .*none\.db\./],
      ['home', /home is no regular file\./],
      ['text.db', /text\.db is not an SQLite database\./],
      ['empty.db', /empty\.db is not an SQLite database\./],
      ['cut.db', /cut\.db (is damaged|can not be opened): /],
      ['broken.db', /broken\.db (is damaged|can not be opened): /],
      ['foreign.db', /foreign\.db is a database of another program/],
      ['bare.db', /bare\.db is empty/],
      ['newer.db', /newer\.db was written by a newer version/],
      ['left.db', /left\.db has its log .*left\.db-wal beside it/],
    ] as const) {
      const before = await stat(at(file)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      )
      await expect(restore(file, 'empty'), file).rejects.toThrow(sentence)
      expect(await readdir(at('empty')).catch(() => ['poolhouse.lock']), file).toEqual(['poolhouse.lock'])
      expect(
        await stat(at(file)).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      ).toBe(before)
    }
  })
})
