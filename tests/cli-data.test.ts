import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { systemRandom } from '../src/random.ts'
import { silentLog } from '../src/server/log.ts'
import { openPostgres } from '../src/storage/open-postgres.ts'
import { openSqlite } from '../src/storage/open-sqlite.ts'
import { bareEnvironment, main } from './support/program.ts'
import { runPoolhouse } from './support/run-poolhouse.ts'
import { startOnFolder } from './support/start-on-folder.ts'
import { postgresNote, postgresPrograms, startPostgres, type TestPostgres } from './support/start-postgres.ts'

const masterKey = (name: string) => createHash('sha256').update(name).digest('base64')
const env = { POOLHOUSE_MASTER_KEY: masterKey('the key') }
const seedFile = `
pools:
  - id: eu-west-1_Moved00001
    name: Moved
    clients: [{ id: app, name: App }]
    users: [{ username: ana, password: Correct-Horse-7 }, { username: bea, password: Correct-Horse-7 }]
`

let folder: string
const at = (name: string): string => join(folder, name)
const poolhouse = (...args: readonly string[]) => runPoolhouse(folder, args, env)
const modeOf = async (path: string) => (await stat(path)).mode & 0o777

/** Exit code and what was said to people. */
const said = async (...args: readonly string[]) => {
  const { code, err } = await poolhouse(...args)
  expect(err).not.toMatch(/\n {4}at /)
  return [code, err.trim()]
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-cli-data-'))
  await writeFile(at('seed.yaml'), seedFile)
  expect(await poolhouse('seed', 'seed.yaml', '--data-dir', 'home')).toMatchObject({ code: 0 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('poolhouse backup', () => {
  it('writes one file for its owner alone, and does not replace one unless told', { timeout: 120_000 }, async () => {
    const { code, out, err } = await poolhouse('backup', 'one.db', '--data-dir', 'home')
    expect([code, out]).toEqual([0, expect.stringMatching(/^one\.db: \d+ rows in \d+ bytes, checked\.\n$/)])
    expect(err).toContain('The master key is not in it')
    expect(await modeOf(at('one.db'))).toBe(0o600)
    expect((await readdir(folder)).filter((name) => /one|partial/.test(name))).toEqual(['one.db'])
    expect(await said('backup', 'one.db', '--data-dir', 'home')).toEqual([1, expect.stringContaining('one.db is there already')])
    const again = await poolhouse('backup', 'one.db', '--data-dir', 'home', '--force', '--json')
    expect(JSON.parse(again.out)).toMatchObject({ file: 'one.db', rows: expect.any(Number) })
  })

  it('refuses what makes no sense, in a sentence', { timeout: 120_000 }, async () => {
    expect(await said('backup', 'x.db', '--data-dir', 'nowhere')).toEqual([1, 'poolhouse: There is no data in nowhere.'])
    expect(await said('backup', 'none/x.db', '--data-dir', 'home')).toEqual([1, expect.stringContaining('There is no folder')])
    expect(await said('backup', 'home/poolhouse.db', '--data-dir', 'home', '--force')).toEqual([
      1,
      expect.stringContaining('is the database itself'),
    ])
    expect(await said('backup', 'x.db', '--database', 'postgres://127.0.0.1/x')).toEqual([
      1,
      expect.stringContaining('back it up with the database'),
    ])
  })
})

describe('poolhouse restore', () => {
  it('puts a backup into a folder without data, with the master key that fits', { timeout: 120_000 }, async () => {
    await poolhouse('backup', 'two.db', '--data-dir', 'home')
    await chmod(at('two.db'), 0o644)
    const wrong = await runPoolhouse(folder, ['restore', 'two.db', '--data-dir', 'again'], {
      POOLHOUSE_MASTER_KEY: masterKey('another'),
    })
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('This data was written under the master key with id')])
    const without = await runPoolhouse(folder, ['restore', 'two.db', '--data-dir', 'again'])
    expect([without.code, without.err]).toEqual([2, expect.stringContaining('No master key is given')])
    expect(await readdir(at('again'))).toEqual(['poolhouse.lock'])
    expect(await poolhouse('restore', 'two.db', '--data-dir', 'again')).toMatchObject({
      code: 0,
      out: 'two.db is restored into again. Everybody has to sign in again.\n',
    })
    expect((await readdir(at('again'))).sort()).toEqual(['poolhouse.db', 'poolhouse.lock'])
    expect(await modeOf(at('again/poolhouse.db'))).toBe(0o600)
    expect(await poolhouse('seed', 'seed.yaml', '--data-dir', 'again')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Moved (2 users)'),
    })
    expect(await said('restore', 'two.db', '--data-dir', 'again')).toEqual([1, expect.stringContaining('holds data already')])
  })

  it('takes a folder of `dev` with the key that it made', { timeout: 120_000 }, async () => {
    const dev = (...args: readonly string[]) => runPoolhouse(folder, args)
    await dev('seed', 'seed.yaml', '--data-dir', 'dev')
    await dev('backup', 'dev.db', '--data-dir', 'dev')
    await mkdir(at('dev-again'), { mode: 0o700 })
    await writeFile(at('dev-again/master.key'), await readFile(at('dev/master.key')), { mode: 0o600 })
    expect(await dev('restore', 'dev.db', '--data-dir', 'dev-again', '--keep-sessions')).toMatchObject({
      code: 0,
      out: 'dev.db is restored into dev-again. Sessions and refresh tokens of the backup are good.\n',
    })
    expect(await dev('seed', 'seed.yaml', '--data-dir', 'dev-again')).toMatchObject({ code: 0 })
  })

  it('says in a sentence what is wrong with a file', async () => {
    await writeFile(at('text.db'), 'no database at all, but a text of some length')
    expect(await said('restore', 'text.db', '--data-dir', 'empty')).toEqual([1, 'poolhouse: text.db is not an SQLite database.'])
  })
})

let server: TestPostgres | undefined
beforeAll(async () => {
  if (postgresPrograms.length > 0) server = await startPostgres()
})
afterAll(() => server?.stop())

describe('a server at work', () => {
  it('is backed up and looked at while it runs, but neither copied, restored over nor migrated', { timeout: 120_000 }, async () => {
    const running = await startOnFolder()
    const data = ['--data-dir', running.folder]
    try {
      await running.commands.seed({ document: { pools: [{ id: 'eu-west-1_Online0001', name: 'Online' }] } })
      expect(await poolhouse('backup', 'online.db', ...data)).toMatchObject({ code: 0 })
      const db = new DatabaseSync(at('online.db'), { readOnly: true })
      expect(db.prepare('SELECT pool_id FROM user_pool_name').all()).toMatchObject([{ pool_id: 'eu-west-1_Online0001' }])
      db.close()
      expect(await poolhouse('migrate', 'check', ...data)).toMatchObject({ code: 0 })
      const refused = [1, expect.stringContaining('stop it first')]
      expect(await said('copy', '--from', running.folder, '--to', 'fresh')).toEqual(refused)
      expect(await said('copy', '--from', 'home', '--to', running.folder)).toEqual(refused)
      expect(await said('restore', 'online.db', ...data)).toEqual(refused)
      expect(await said('migrate', 'up', ...data)).toEqual(refused)
      expect(await said('end-sessions', ...data)).toEqual(refused)
    } finally {
      await running.stop()
    }
  })
})

describe('poolhouse copy', () => {
  beforeAll(async () => {
    await poolhouse('seed', 'seed.yaml', '--data-dir', 'large')
    const db = new DatabaseSync(at('large/poolhouse.db'))
    db.exec('BEGIN')
    const insert = db.prepare('INSERT INTO user_search (pool_uid, attribute, value, user_id, value_hash) VALUES (?, ?, ?, ?, ?)')
    for (let n = 0; n < 60_000; n += 1) insert.run('other', 'email', `user${n}@example.org`, `id${n}`, `hash${n}`)
    db.exec('COMMIT')
    db.close()
  })

  /** Ends the command as soon as it says so. */
  const killedAt = async (word: string, args: readonly string[]): Promise<string> => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: folder,
      env: bareEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = once(child, 'exit')
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes(word)) child.kill('SIGKILL')
    })
    expect((await ended)[1]).toBe('SIGKILL')
    return said
  }

  it.for(['a data folder', 'PostgreSQL'])('goes on after it was killed, to %s', { timeout: 120_000 }, async (kind, { skip }) => {
    const database = kind === 'PostgreSQL' ? await server?.createDatabase() : 'moved'
    skip(database === undefined, 'no PostgreSQL server program on this machine')
    const to = database ?? ''
    const place = kind === 'PostgreSQL' ? ['--database', to, '--data-dir', 'nothing'] : ['--data-dir', to]
    const args = ['copy', '--from', 'large', '--to', to]
    await killedAt('copying: 30 %', args)
    expect(await said('seed', 'seed.yaml', ...place)).toEqual([1, expect.stringContaining('holds a copy that is not complete')])
    const { code, out, err } = await poolhouse(...args, '--json')
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/copying: [3-9]0 %\n(.*\n)*checking: 100 %\n$/) })
    expect(JSON.parse(out)).toMatchObject({ resumed: true, from: 'large' })
    expect(JSON.parse(out).rows).toBeGreaterThan(60_000)
    expect(out).not.toContain('0 %')
    expect(await poolhouse('seed', 'seed.yaml', ...place)).toMatchObject({ code: 0, out: expect.stringContaining('Moved (2 users)') })
    expect(await said(...args)).toEqual([1, expect.stringMatching(/holds data already \(table meta\): name an empty place/)])
  })

  it('refuses what names no two places', async () => {
    expect(await said('copy', '--from', 'home', '--to', './home')).toEqual([2, 'poolhouse: --from and --to name the same data.'])
    expect(await said('copy', '--from', 'nowhere', '--to', 'fresh')).toEqual([1, 'poolhouse: There is no data in nowhere.'])
    expect((await poolhouse('copy', '--from', 'home')).code).toBe(2)
  })
})

describe('poolhouse migrate', () => {
  /** Data as another version left it. */
  const newData = async (name: string, change: (newest: number) => string): Promise<number> => {
    await (await openSqlite({ folder: at(name), log: silentLog, onFatal: () => undefined })).close()
    const db = new DatabaseSync(at(`${name}/poolhouse.db`))
    const { n: newest } = db.prepare('SELECT max(number) AS n FROM schema_migration').get() as { n: number }
    db.exec(change(newest))
    db.close()
    return newest
  }

  it('tells how the schema stands, checks it and brings it up to date', { timeout: 120_000 }, async () => {
    const newest = await newData(
      'old',
      (number) => `DROP INDEX operator_session_by_expiry; DELETE FROM schema_migration WHERE number = ${number}`,
    )
    const data = ['--data-dir', 'old']
    expect((await poolhouse('migrate', 'status', ...data)).out).toBe(
      `old\nschema of the data: ${newest - 1}\nschema of this version: ${newest}\npending: ${newest}  index operator_session_by_expiry\n`,
    )
    const fault = new RegExp(`has schema ${newest - 1} and this version needs ${newest}: bring it up to date with .poolhouse migrate up.`)
    expect(await said('migrate', 'check', ...data)).toEqual([1, expect.stringMatching(fault)])
    expect(await said('copy', '--from', 'old', '--to', 'young')).toEqual([1, expect.stringMatching(fault)])
    const closed = await runPoolhouse(folder, ['access-key', 'list', ...data], { ...env, POOLHOUSE_MIGRATE: 'off' })
    expect([closed.code, closed.err]).toEqual([1, expect.stringMatching(fault)])
    expect(await poolhouse('migrate', 'up', ...data)).toMatchObject({ code: 0, out: `The schema of old is up to date (${newest}).\n` })
    expect(await poolhouse('migrate', 'check', ...data)).toMatchObject({ code: 0 })
  })

  it.skipIf(postgresNote !== '')(`does the same on PostgreSQL${postgresNote}`, { timeout: 120_000 }, async () => {
    const [url, foreign] = [(await server?.createDatabase()) ?? '', (await server?.createDatabase()) ?? '']
    const data = ['--database', url]
    const fault = /has schema 0 and this version needs \d+: bring it up to date with .poolhouse migrate up./
    expect(await said('migrate', 'check', ...data)).toEqual([1, expect.stringMatching(fault)])
    const open = (migrate: boolean) => openPostgres({ url, migrate, clock: systemClock, random: systemRandom })
    await expect(open(false)).rejects.toThrow(fault)
    expect(
      await server?.query(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`, url.split('/').at(-1)),
    ).toEqual([])
    expect(await poolhouse('migrate', 'up', ...data)).toMatchObject({ code: 0, out: expect.stringMatching(/ is up to date \(\d+\)\.\n$/) })
    await (await open(false)).close()
    await server?.query('CREATE TABLE song (title text)', foreign.split('/').at(-1))
    expect(await said('migrate', 'up', '--database', foreign)).toEqual([1, expect.stringContaining('holds tables of another program')])
    expect(await said('copy', '--from', 'home', '--to', foreign)).toEqual([1, expect.stringContaining('holds tables of another program')])
  })

  it('stays away from data of a newer version and from what is none', { timeout: 120_000 }, async () => {
    await newData('new', () => 'INSERT INTO schema_migration (number) VALUES (1000)')
    const newer = [1, expect.stringContaining('was written by a newer version of Poolhouse (schema 1000')]
    expect(await said('migrate', 'check', '--data-dir', 'new')).toEqual(newer)
    expect(await said('migrate', 'up', '--data-dir', 'new')).toEqual(newer)
    expect(await said('migrate', 'up', '--data-dir', 'nowhere')).toEqual([1, 'poolhouse: There is no data in nowhere.'])
  })
})
