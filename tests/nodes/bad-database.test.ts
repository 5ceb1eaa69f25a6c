import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, start } from '../../src/app.ts'
import type { Log } from '../../src/context.ts'
import { readConfig } from '../../src/server/config.ts'
import { callApi } from '../support/call-api.ts'
import { postgresNote, startPostgres, type TestPostgres } from '../support/start-postgres.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const newKey = () => randomBytes(32).toString('base64')
const nameOf = (url: string) => url.split('/').at(-1) ?? ''

let postgres: TestPostgres
let folder: string
const running: RunningServer[] = []

beforeAll(async () => {
  if (postgresNote !== '') return
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-bad-'))
  postgres = await startPostgres({ fsync: true })
})
afterAll(async () => {
  for (const server of running) await server.stop()
  await postgres?.stop()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

interface Started {
  readonly server: RunningServer
  /** What it has said of errors. */
  log(): string
}

const open = async (command: 'dev' | 'serve', database: string, key = newKey()): Promise<Started> => {
  const lines: string[] = []
  const note = (fields: object, text: string) => {
    const { err } = fields as { err?: unknown }
    lines.push(`${text} ${err instanceof Error ? err.message : ''}`)
  }
  const log: Log = { debug: () => undefined, info: () => undefined, warn: note, error: note }
  const own = { 'public-url': 'https://id.example.com', 'smtp-url': 'smtp://127.0.0.1:1', 'smtp-from': 'id@example.com', 'admin-port': '0' }
  const config = await readConfig(command, {
    flags: { 'data-dir': join(folder, nameOf(database)), database, port: '0', ...(command === 'serve' ? own : { empty: true }) },
    env: { POOLHOUSE_MASTER_KEY: key },
    readMasterKeyFile: () => Promise.reject(new Error('no file is named')),
  })
  const server = await start(config, { log, onFatal: (error) => lines.push(String(error)), inProcess: true })
  running.push(server)
  return { server, log: () => lines.join('\n') }
}

const fill = async ({ server: { url } }: Started) => {
  const { UserPool } = await callApi(url, 'CreateUserPool', { PoolName: 'bad input' })
  const UserPoolId: string = UserPool.Id
  const user = { UserPoolId, Username: 'somebody' }
  await callApi(url, 'AdminCreateUser', user)
  const disable = () => callApi(url, 'AdminDisableUser', user)
  const read = () => callApi(url, 'AdminGetUser', user)
  return { disable, read }
}

const refusal = /^\w+: \{"__type":"InternalErrorException"/

describe.skipIf(postgresNote !== '')(`a PostgreSQL database that is not as it should be${postgresNote}`, () => {
  it('refuses what it can not keep while its disk is full', async () => {
    const database = await postgres.createDatabase()
    const started = await open('dev', database)
    const { disable, read } = await fill(started)
    const message = 'could not extend file "base/5/1259": No space left on device'
    await postgres.query(
      `CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = '${message}'; END $$`,
      nameOf(database),
    )
    await postgres.query('CREATE TRIGGER full_disk BEFORE INSERT ON audit EXECUTE FUNCTION disk_full()', nameOf(database))
    await expect(disable()).rejects.toThrow(refusal)
    expect((await read()).Enabled).toBe(true)
    expect(started.log()).toContain(message)
    await postgres.query('DROP TRIGGER full_disk ON audit', nameOf(database))
    await disable()
    expect((await read()).Enabled).toBe(false)
  })

  it('refuses calls in bounded time while it is read-only, or slow, and answers them afterwards', async () => {
    const databases = await Promise.all([postgres.createDatabase(), postgres.createDatabase()])
    const [readOnly, slow] = databases
    const [closed, waiting] = [await open('dev', readOnly), await open('dev', slow)]
    const [ofClosed, ofWaiting] = [await fill(closed), await fill(waiting)]
    await postgres.query(`ALTER DATABASE ${nameOf(readOnly)} SET default_transaction_read_only = on`)
    await postgres.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${nameOf(readOnly)}'`)
    const locker = new pg.Client({ connectionString: slow })
    await locker.connect()
    await locker.query('BEGIN; LOCK TABLE pool_user IN ACCESS EXCLUSIVE MODE')
    const began = performance.now()
    const calls = [ofClosed.disable(), ofClosed.read(), ofWaiting.disable(), ofWaiting.read()]
    const outcomes = await Promise.all(
      calls.map((call) =>
        call.then(
          () => 'done',
          (error: Error) => error.message,
        ),
      ),
    )
    expect(performance.now() - began).toBeLessThan(20_000)
    for (const outcome of outcomes) expect(outcome).toMatch(refusal)
    expect(closed.log()).toContain('The database server takes no writes')
    expect(waiting.log()).toMatch(/statement timeout|Query read timeout/)
    await locker.end()
    await postgres.query(`ALTER DATABASE ${nameOf(readOnly)} RESET default_transaction_read_only`)
    for (const { disable, read } of [ofClosed, ofWaiting]) {
      expect((await read()).Enabled).toBe(true)
      await disable()
      expect((await read()).Enabled).toBe(false)
    }
  })

  it('keeps a server from starting that has another master key, or is older', async () => {
    const database = await postgres.createDatabase()
    const { server } = await open('serve', database)
    await server.stop()
    await expect(open('serve', database)).rejects.toThrow(/master key/)
    await expect(open('dev', database)).rejects.toThrow(/The database was made by `poolhouse serve`/)
    await postgres.query('INSERT INTO schema_migration (number) VALUES (9999)', nameOf(database))
    await postgres.query('INSERT INTO schema_usable_from (number) VALUES (9999)', nameOf(database))
    await expect(open('serve', database)).rejects.toThrow(/newer version of Poolhouse/)
  })

  it('makes /ready say so while it is gone', async () => {
    const { server, log } = await open('serve', await postgres.createDatabase())
    const ready = async () => (await fetch(`${server.adminUrl}/ready`)).status
    expect(await ready()).toBe(200)
    await postgres.kill()
    const began = performance.now()
    expect(await ready()).toBe(503)
    expect(performance.now() - began).toBeLessThan(6000)
    expect(log()).toContain('the store does not answer')
    await postgres.restart()
    for (let tries = 0; (await ready()) !== 200; tries += 1) {
      expect(tries).toBeLessThan(100)
      await pause(100)
    }
  })
})
