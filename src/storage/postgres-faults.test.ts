import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCuttingProxy } from '../../tests/support/cutting-proxy.ts'
import { postgresNote, startPostgres, type TestPostgres } from '../../tests/support/start-postgres.ts'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import { byAt, unique } from './conformance/samples.ts'
import { openPostgres } from './open-postgres.ts'
import { migratePostgres } from './postgres-migrate.ts'
import { usableFrom } from './sql/tables.ts'
import { StorageError } from './storage-error.ts'

const open = (url: string, more = {}) => openPostgres({ url, clock: systemClock, random: systemRandom, ...more })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe.skipIf(postgresNote !== '')(`PostgreSQL that fails${postgresNote}`, () => {
  let server: TestPostgres
  beforeAll(async () => {
    server = await startPostgres({ fsync: true })
  })
  afterAll(() => server?.stop())

  it('gets its schema once, however many nodes start at once on an empty database', async () => {
    const url = await server.createDatabase()
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(url)))
    const name = unique()
    const results = await Promise.all(stores.map((store, n) => store.meta.putIfAbsent(byAt(1), name, `node ${n}`)))
    expect(new Set(results).size).toBe(1)
    for (const store of stores) await store.close()
  })

  it('is left alone when it holds something else, or was written by a newer version', async () => {
    const other = await server.createDatabase()
    await server.query('CREATE TABLE invoice (id BIGINT)', other.split('/').at(-1))
    await expect(open(other)).rejects.toThrow(/holds tables of another program; nothing was changed/)
    const newer = await server.createDatabase()
    await (await open(newer)).close()
    await server.query('INSERT INTO schema_migration (number) VALUES (9999)', newer.split('/').at(-1))
    // The mark says that servers of this schema may go on beside the newer ones, and come back.
    const old = await open(newer)
    await old.meta.set(byAt(1), 'written by', 'the old version')
    await old.close()
    await server.query(`INSERT INTO schema_usable_from (number) VALUES (9999)`, newer.split('/').at(-1))
    await expect(open(newer)).rejects.toThrow(/newer version of Poolhouse \(schema 9999/)
    await server.query(`CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'`)
    await expect(open(newer.replace(/[^/]*$/, 'latin'))).rejects.toThrow(/has the encoding LATIN1: make a database with ENCODING 'UTF8'/)
    await expect(open('postgres://nobody:secret@127.0.0.1:1/none')).rejects.toThrow(
      /^The database postgres:\/\/nobody@127\.0\.0\.1:1\/none does not answer/,
    )
    await expect(open('mysql://x/y')).rejects.toThrow(StorageError)
  })

  it('says from which schema on it may be used before a step is done, also when that step fails', async () => {
    const url = await server.createDatabase()
    const name = url.split('/').at(-1)
    await (await open(url)).close()
    await server.query('DROP TABLE schema_usable_from', name)
    // The newest step is an index, which can't be made without its table.
    await server.query('DROP TABLE operator_session', name)
    await server.query('DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)', name)
    await expect(open(url)).rejects.toThrow(/operator_session/)
    expect(await server.query('SELECT number FROM schema_usable_from', name)).toEqual([{ number: String(usableFrom) }])
    // Another node does not wait for one that has given up.
    expect(await server.query('SELECT owner FROM lease', name)).toEqual([])
  })

  it('gets a step that takes long, while no other node comes in between', { timeout: 60_000 }, async () => {
    const url = await server.createDatabase()
    const name = url.split('/').at(-1)
    await (await open(url)).close()
    await server.query('DROP INDEX operator_session_by_expiry', name)
    await server.query('DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)', name)
    // What building an index of a large table does to who starts it.
    const writer = new pg.Client({ connectionString: url })
    await writer.connect()
    await writer.query('BEGIN')
    await writer.query('LOCK TABLE operator_session IN ROW EXCLUSIVE MODE')
    const migration = { urls: [url], jitter: () => 0.5, clock: systemClock, shown: 'the database', leaseMs: 900 }
    const first = migratePostgres({ ...migration, owner: 'first' })
    const holders = new Set<unknown>()
    const isHeld = async () => (await server.query('SELECT owner FROM lease', name)).length > 0
    while (!(await isHeld())) await pause(50)
    const second = migratePostgres({ ...migration, owner: 'second' })
    // Longer than any statement of a verb may take.
    for (const end = Date.now() + 12_500; Date.now() < end; await pause(200))
      for (const { owner } of await server.query('SELECT owner FROM lease', name)) holders.add(owner)
    await writer.query('COMMIT')
    await writer.end()
    await Promise.all([first, second])
    expect([...holders]).toEqual(['first'])
    expect(await server.query('SELECT owner FROM lease', name)).toEqual([])
    await (await open(url, { migrate: false })).close()
  })

  it('tells its own time', async () => {
    const store = await open(await server.createDatabase())
    const before = Date.now()
    const time = (await store.time()) ?? 0
    expect(time).toBeGreaterThanOrEqual(before - 1000)
    expect(time).toBeLessThanOrEqual(Date.now() + 1000)
    await store.close()
  })

  it('loses nothing that was acknowledged when it is killed, and is used again once it is back', async () => {
    const store = await open(await server.createDatabase())
    const kept: string[] = []
    let stopped = false
    const failures: unknown[] = []
    const write = async (line: number) => {
      for (let n = 0; !stopped; n += 1) {
        const name = `${line}-${n}`
        await store.meta.set(byAt(1), name, 'kept').then(
          () => kept.push(name),
          (error: unknown) => failures.push(error),
        )
      }
    }
    const lines = [0, 1, 2, 3].map(write)
    while (kept.length <= 20) await pause(10)
    await server.kill()
    await server.restart()
    const before = kept.length
    for (let waited = 0; waited < 10_000 && kept.length < before + 5; waited += 50) await pause(50)
    stopped = true
    await Promise.all(lines)
    // Written after the return, without anybody's doing.
    expect(kept.length).toBeGreaterThan(before + 4)
    for (const name of kept) expect(await store.meta.get(name), name).toBe('kept')
    for (const failure of failures) expect(failure).toBeInstanceOf(StorageError)
    await store.close()
  })

  it('does not say whether a change was kept when the connection ends with its commit, and does not make it twice', async () => {
    const proxy = await openCuttingProxy(server.port)
    const url = (await server.createDatabase()).replace(`:${server.port}/`, `:${proxy.port}/`)
    const store = await open(url)
    const subject = { poolUid: 'pool', subject: unique(), kind: 'password' } as const
    await store.attempts.fail(byAt(1000), subject, 60_000)
    proxy.cutAfter('COMMIT\0')
    await expect(store.attempts.fail(byAt(1001), subject, 60_000)).rejects.toThrow(/whether the change was kept is not known/)
    expect((await store.attempts.read('pool', subject.subject, 'password'))?.failures).toBeLessThanOrEqual(2)
    // Cut before: the whole verb is done again, once.
    proxy.cutAfter('BEGIN ISOLATION LEVEL READ COMMITTED')
    const before = (await store.attempts.read('pool', subject.subject, 'password'))?.failures ?? 0
    expect((await store.attempts.fail(byAt(1002), subject, 60_000)).failures).toBe(before + 1)
    await store.close()
    await proxy.close()
  })

  it('acknowledges nothing that a synchronous standby was to have and does not', async () => {
    const url = await server.createDatabase()
    const store = await open(url)
    const name = unique()
    const replicateTo = async (standby: string) => {
      await server.query(`ALTER SYSTEM SET synchronous_standby_names = '${standby}'`)
      await server.query('SELECT pg_reload_conf()')
      await pause(200)
    }
    await replicateTo('nobody')
    try {
      const written = store.meta.set(byAt(1), name, 'here').then(
        () => 'acknowledged',
        (error: Error) => error.message,
      )
      // Nobody sees what may be lost.
      await pause(500)
      expect(await store.meta.get(name)).toBeUndefined()
      // As an administrator may; PostgreSQL calls the change committed then.
      await server.query("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
      expect(await written).toMatch(/whether the change outlives the primary is not known/)
    } finally {
      await replicateTo('')
    }
    await store.meta.set(byAt(2), unique(), 'here')
    await store.close()
  })

  it('is passed over while its operator keeps it read-only, also on connections that were there before', async () => {
    const url = await server.createDatabase()
    const store = await open(url)
    const [first, second] = [unique(), unique()]
    await store.meta.set(byAt(1), first, 'here')
    const makeReadOnly = async (value: string) => {
      await server.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`)
      await server.query('SELECT pg_reload_conf()')
      await pause(200)
    }
    await makeReadOnly('on')
    const written = store.meta.set(byAt(2), second, 'here')
    const early = await Promise.race([written, pause(1000).then(() => 'waits')])
    await makeReadOnly('off')
    expect(early).toBe('waits')
    await written
    expect(await store.meta.get(second)).toBe('here')
    await store.close()
  })

  it('is written through the one of several servers that takes writes', async () => {
    const standby = await startPostgres()
    try {
      const url = await server.createDatabase()
      const database = url.split('/').at(-1)
      await standby.query(`CREATE DATABASE ${database}`)
      await standby.query(`ALTER DATABASE ${database} SET default_transaction_read_only = on`)
      const store = await open(url.replace('@', `@127.0.0.1:1,127.0.0.1:${standby.port},`))
      const name = unique()
      await store.meta.set(byAt(1), name, 'here')
      expect(await store.meta.get(name)).toBe('here')
      expect(await server.query(`SELECT value FROM meta WHERE name = '${name}'`, database)).toEqual([{ value: 'here' }])
      await store.close()
    } finally {
      await standby.stop()
    }
  })

  it('is refused, not waited for, when it does not answer', { timeout: 60_000 }, async () => {
    const other = await startPostgres()
    const store = await open(await other.createDatabase())
    await other.stop()
    await expect(store.meta.get('x')).rejects.toThrow(/^The database does not answer: /)
    await store.close()
  })
})
