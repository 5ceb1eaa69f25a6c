import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { byAt, createPool, newUser, register, unique } from './conformance/samples.ts'
import { openSqlite } from './open-sqlite.ts'
import { migrations } from './sql/tables.ts'
import { StorageError } from './storage-error.ts'
import type { Store } from './store.ts'

const base = mkdtempSync(join(tmpdir(), 'poolhouse-'))
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(base, { recursive: true })
})

const folderNamed = () => join(base, unique())
const databaseIn = (folder: string) => join(folder, 'poolhouse.db')
const warnings: string[] = []
const log = { warn: (_: object, text: string) => void warnings.push(text), error: () => undefined }
const open = (folder: string): Promise<Store> => openSqlite({ folder, log, onFatal: (error) => expect.unreachable(String(error)) })

const integrity = (folder: string) => {
  const db = new DatabaseSync(databaseIn(folder))
  const result = db.prepare('PRAGMA integrity_check').get()?.['integrity_check']
  db.close()
  return result
}

/** A server in a process of its own that writes facts without end, one line of output for each that was acknowledged. */
const startWriter = (folder: string, prefix = ''): ChildProcess => {
  const script = `
    import { openSqlite } from ${JSON.stringify(new URL('./open-sqlite.ts', import.meta.url).href)}
    const say = (text) => process.stdout.write(text + '\\n')
    const log = { warn: () => undefined, error: () => undefined }
    const fatal = Promise.withResolvers()
    const store = await openSqlite({ folder: ${JSON.stringify(folder)}, log, onFatal: () => { say('fatal'); fatal.resolve() } })
    const by = { actor: 'a', requestId: 'r', action: 'Write', at: 1 }
    let count = 0
    const client = async () => {
      for (;;) {
        const key = 'key ' + count++
        await store.meta.set(by, key, 'x'.repeat(100))
        say(key)
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: 16 }, client))
    say('refused ' + ends.length + ' ' + ends[0].reason.name + ' ' + ends[0].reason.message)
    say('later ' + await store.meta.set(by, 'late', 'x').then(() => 'saved', (error) => error.name))
    say('read ' + (await store.meta.get('key 0'))?.length)
    await fatal.promise
    process.exit(0)`
  const file = join(base, `${unique()}.mjs`)
  writeFileSync(file, script)
  const child = spawn('sh', ['-c', `${prefix} exec "$0" "$@"`, process.execPath, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

const linesOf = (child: ChildProcess) => createInterface({ input: child.stdout ?? expect.unreachable() })
const ended = (child: ChildProcess) => new Promise((resolve) => child.once('close', resolve))

describe('openSqlite', () => {
  it('keeps what was written when it is opened again', async () => {
    const folder = folderNamed()
    const store = await open(folder)
    const pool = await createPool(store)
    const user = await register(store, pool, 'ann')
    await store.close()
    expect(readdirSync(folder).sort()).toEqual(['poolhouse.db', 'poolhouse.lock'])
    const again = await open(folder)
    expect(await again.pools.byId(pool.Id)).toEqual(pool)
    expect(await again.users.byName(pool.uid, 'ann')).toEqual(user)
    expect(await again.users.register(byAt(2), newUser(pool, 'ann'))).toEqual({ taken: { kind: 'username', name: 'ann' } })
    await again.close()
  })

  it('makes a folder and files for their owner alone', async () => {
    const folder = join(folderNamed(), 'deep')
    const store = await open(folder)
    await store.meta.set(byAt(1), 'a', 'b')
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readdirSync(folder)).toContain('poolhouse.db-wal')
    for (const file of readdirSync(folder)) expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600])
    expect(warnings).toEqual([])
    await store.close()
    chmodSync(folder, 0o755)
    await (await open(folder)).close()
    expect(warnings).toHaveLength(1)
  })

  it('waits at its close for the writes under way, and refuses later ones', async () => {
    const folder = folderNamed()
    const store = await open(folder)
    const writes = Array.from({ length: 700 }, (_, n) => store.meta.set(byAt(1), `key ${n}`, 'x'))
    const scan = store.dataKeys.list({ limit: 5 })
    await store.close()
    await Promise.all(writes)
    expect(await scan).toEqual({ rows: [] })
    await expect(store.meta.set(byAt(1), 'late', 'x')).rejects.toThrow(StorageError)
    await expect(store.meta.get('key 0')).rejects.toThrow()
    const again = await open(folder)
    expect(await again.meta.get('key 699')).toBe('x')
    expect(await again.meta.get('late')).toBeUndefined()
    await again.close()
  })

  it('refuses writes and scans after its close where there were none before', async () => {
    const folder = folderNamed()
    const store = await open(folder)
    expect(await store.meta.get('a')).toBeUndefined()
    await store.close()
    const other = await open(folder)
    await expect(store.meta.set(byAt(1), 'a', 'late')).rejects.toThrow(StorageError)
    await expect(store.dataKeys.list({ limit: 5 })).rejects.toThrow(StorageError)
    expect(await other.meta.get('a')).toBeUndefined()
    await other.close()
  })

  it('refuses a call that can not travel, and serves its neighbours', async () => {
    const store = await open(folderNamed())
    const odd = { value: () => 1 } as unknown as string
    const results = await Promise.allSettled([
      store.meta.set(byAt(1), 'a', 'x'),
      store.meta.set(byAt(1), 'b', odd),
      store.meta.set(byAt(1), 'c', 'x'),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    await store.close()
  })

  it('loses nothing that was acknowledged when the process is killed, and lets the next one in at once', async () => {
    const folder = folderNamed()
    const child = startWriter(folder)
    const acknowledged: string[] = []
    for await (const line of linesOf(child)) {
      acknowledged.push(line)
      if (acknowledged.length === 100) await expect(open(folder)).rejects.toThrow(`Another Poolhouse server uses the data folder ${folder}`)
      if (acknowledged.length === 400) child.kill('SIGKILL')
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(400)
    const store = await open(folder)
    for (const key of acknowledged) expect([key, (await store.meta.get(key))?.length]).toEqual([key, 100])
    await store.meta.set(byAt(1), 'next', 'x')
    await store.close()
    expect(integrity(folder)).toBe('ok')
  })

  it('stops writing for good when the disk fails, and tells so once', async () => {
    const folder = folderNamed()
    await (await open(folder)).close()
    // No file may grow beyond this many blocks: the log runs into it, which SQLite takes for a failing disk.
    const child = startWriter(folder, 'ulimit -f 2000;')
    const lines: string[] = []
    for await (const line of linesOf(child)) lines.push(line)
    const acknowledged = lines.filter((line) => line.startsWith('key '))
    expect(acknowledged.length).toBeGreaterThan(0)
    // Those who wait are refused before the process is told to end.
    expect(lines.slice(acknowledged.length)).toEqual([
      expect.stringMatching(/^refused 16 StorageError Writing failed: the disk failed under the database/),
      'later StorageError',
      'read 100',
      'fatal',
    ])
    await ended(child)
    const store = await open(folder)
    for (const key of acknowledged) expect([key, (await store.meta.get(key))?.length]).toEqual([key, 100])
    await store.close()
    expect(integrity(folder)).toBe('ok')
  })
})

describe('openSqlite says in one sentence', () => {
  const refusal = async (folder: string): Promise<string> => {
    const error = await open(folder).then(
      () => expect.unreachable(),
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(StorageError)
    return (error as StorageError).message
  }

  it('that another server uses the folder', async () => {
    const folder = folderNamed()
    const store = await open(folder)
    expect(await refusal(folder)).toBe(`Another Poolhouse server uses the data folder ${folder}: stop it first, or name another folder.`)
    expect(await store.meta.get('x')).toBeUndefined()
    await store.close()
    await (await open(folder)).close()
  })

  it('that the database is newer than the program, and changes nothing', async () => {
    const folder = folderNamed()
    await (await open(folder)).close()
    const db = new DatabaseSync(databaseIn(folder))
    db.prepare('INSERT INTO schema_migration (number) VALUES (?)').run(migrations.length + 1)
    db.exec('DROP TABLE schema_usable_from')
    db.close()
    const before = readFileSync(databaseIn(folder))
    expect(await refusal(folder)).toContain('was written by a newer version of Poolhouse')
    expect(readFileSync(databaseIn(folder)).equals(before)).toBe(true)
  })

  it('that the newer version did not mark as usable, and none that it did', async () => {
    const folder = folderNamed()
    await (await open(folder)).close()
    const change = (sql: string) => {
      const db = new DatabaseSync(databaseIn(folder))
      db.exec(sql)
      db.close()
    }
    const mark = (schema: number) => change(`INSERT OR IGNORE INTO schema_usable_from (number) VALUES (${schema})`)
    change(`CREATE TABLE later (id TEXT); INSERT INTO schema_migration (number) VALUES (${migrations.length + 1})`)
    mark(migrations.length)
    const store = await open(folder)
    await store.meta.set(byAt(1), 'written by', 'the old version')
    await store.close()
    mark(migrations.length + 1)
    expect(await refusal(folder)).toContain('was written by a newer version of Poolhouse')
  })

  it('that the file is no database, or not ours, and changes nothing', async () => {
    const folder = folderNamed()
    mkdirSync(folder)
    writeFileSync(databaseIn(folder), 'Dear diary, '.repeat(1000))
    expect(await refusal(folder)).toBe(`${databaseIn(folder)} is not an SQLite database; nothing was changed.`)
    expect(readFileSync(databaseIn(folder), 'utf8')).toBe('Dear diary, '.repeat(1000))
    rmSync(databaseIn(folder))
    const db = new DatabaseSync(databaseIn(folder))
    db.exec('CREATE TABLE song (title TEXT)')
    db.close()
    const before = readFileSync(databaseIn(folder))
    expect(await refusal(folder)).toBe(`${databaseIn(folder)} is a database of another program; nothing was changed.`)
    expect(readFileSync(databaseIn(folder)).equals(before)).toBe(true)
    expect(existsSync(`${databaseIn(folder)}-wal`)).toBe(false)
  })

  it('that the folder can not be written', async () => {
    const file = folderNamed()
    writeFileSync(file, '')
    expect(await refusal(file)).toBe(`The data folder ${file} can not be written: there is a file of that name.`)
    expect(await refusal(join(file, 'data'))).toBe(
      `The data folder ${join(file, 'data')} can not be written: a part of the path is a file.`,
    )
  })

  // root may write whatever the mode says
  it.skipIf(process.getuid?.() === 0)('that the folder is read-only', async () => {
    const folder = folderNamed()
    mkdirSync(folder, { mode: 0o500 })
    expect(await refusal(folder)).toBe(`The data folder ${folder} can not be written: permission denied.`)
  })

  it.skipIf(!existsSync('/proc/self'))('is refused at once where a folder can not be made although its parent is there', async () => {
    await expect(open('/proc/poolhouse')).rejects.toThrow('The data folder /proc/poolhouse can not be written: it can not be made there.')
  })
})
