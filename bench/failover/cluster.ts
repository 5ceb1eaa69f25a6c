import { spawn } from 'node:child_process'
import { appendFileSync, chownSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { addressOf, type Network, openNetwork } from './network.ts'

/** A machine with a database and its keeper. */
export interface DatabaseMachine {
  readonly name: string
  /** Ends all its processes as the end of the machine would. */
  kill(): Promise<void>
  /** Ends PostgreSQL alone; its keeper goes on. */
  killPostgres(): Promise<void>
  /** Ends the keeper alone; PostgreSQL goes on. */
  killKeeper(): Promise<void>
  start(): Promise<void>
  cut(networks: 'cluster' | 'both'): Promise<void>
  mend(): Promise<void>
  /** Whether its PostgreSQL runs and takes writes, as somebody on the machine sees it. */
  takesWrites(): Promise<boolean>
}

/** A monitor, a primary and two standbys; a commit waits for one of the standbys. */
export interface Cluster {
  readonly monitor: DatabaseMachine
  readonly machines: readonly DatabaseMachine[]
  /** The address that servers use. */
  readonly url: string
  /** The one that the monitor says takes writes; undefined in between. */
  primary(): Promise<DatabaseMachine | undefined>
  /** Resolves when one is primary, the others follow it, and all say so; rejects after `seconds`. */
  settled(seconds: number): Promise<void>
  /** Runs SQL on the primary. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>
  /** Lets whoever reports to the monitor wait for its answer, until what this answers is called. */
  stallMonitor(): Promise<() => Promise<void>>
  /** What the monitor knows, and the keepers said last. */
  describe(): Promise<string>
}

/** PostgreSQL refuses to run as root; this user owns nothing on the machine. */
const nobody = 65_534
const numbers = { monitor: 10, db1: 11, db2: 12, db3: 13 } as const
type Machine = keyof typeof numbers
const portOf = (machine: Machine) => 6000 + numbers[machine]

/** What the monitor waits for before it acts, ms (pg_auto_failover, "Configuring pg_auto_failover"). */
const monitorPatience = {
  // How often it knocks, and how long until it gives one knock up.
  health_check_period: 1000,
  health_check_timeout: 2000,
  health_check_max_retries: 2,
  health_check_retry_delay: 500,
  // A keeper reports every 5 s.
  node_considered_unhealthy_timeout: 8000,
  // Longer than the keeper's network_partition_timeout, because nothing else keeps an old primary from being read.
  primary_demote_timeout: 12_000,
}
/** s without monitor and standbys after which a keeper stops its primary. */
const keeperPatience = 6
/** s; until this has passed a primary's keeper takes a standby that was cut off for one that is there. */
const senderTimeout = 5

const ask = async (connectionString: string, sql: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000, query_timeout: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

const until = async (what: string, seconds: number, isSo: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + seconds * 1000
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > end) throw new Error(`${what} did not come about within ${seconds} s`)
    await pause(100)
  }
}

interface Place {
  readonly programs: string
  readonly folder: string
  readonly network: Network
}

const dataOf = ({ folder }: Place, machine: Machine) => join(folder, machine, 'data')
const logOf = ({ folder }: Place, machine: Machine) => join(folder, `${machine}.log`)

/** Starts a program on a machine as somebody without rights. */
const startOn = (place: Place, machine: Machine, program: string, ...args: readonly string[]) => {
  const home = join(place.folder, machine)
  const log = openSync(logOf(place, machine), 'a')
  return spawn('ip', ['netns', 'exec', machine, 'setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', program, ...args], {
    cwd: home,
    stdio: ['ignore', log, log],
    env: {
      PATH: `${place.programs}:${process.env['PATH']}`,
      ...{ HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, TMPDIR: home, LC_ALL: 'C.UTF-8' },
    },
  })
}

const runOn = (place: Place, machine: Machine, program: string, ...args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    startOn(place, machine, program, ...args).once('exit', (code) => {
      if (code === 0) resolve()
      else
        reject(
          new Error(
            `${program} ${args[0] ?? ''} on ${machine} ended with ${code}: ${readFileSync(logOf(place, machine), 'utf8').slice(-2000)}`,
          ),
        )
    })
  })

/** The administrator of every database, over the machine's own socket or the clients' network. */
const adminOf = (machine: Machine, database: string, user = 'nobody') =>
  `postgres://${user}@${addressOf(numbers[machine], 'clients')}:${portOf(machine)}/${database}`

/** pg_auto_failover lets its role into the application's database alone, but rewinding an old primary connects to `postgres`. */
const admit = (place: Place, machine: Machine) => {
  const replicator = `host all pgautofailover_replicator ${addressOf(0, 'cluster')}/24 trust`
  appendFileSync(join(dataOf(place, machine), 'pg_hba.conf'), `host all all ${addressOf(1, 'clients')}/32 trust\n${replicator}\n`)
}

const openMachine = (place: Place, machine: Machine): DatabaseMachine => {
  const { network } = place
  const processes = async (kind: 'postgres' | 'keeper' | 'all') => {
    const found = await network.processes(machine)
    return found.filter((pid) => {
      try {
        const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
        return kind === 'all' || (kind === 'keeper') === (name === 'pg_autoctl')
      } catch {
        return false
      }
    })
  }
  const end = async (kind: 'postgres' | 'keeper' | 'all') => {
    // One stopped process starts no others.
    for (let left = await processes(kind), rounds = 0; left.length > 0 && rounds < (kind === 'postgres' ? 1 : 50); rounds += 1) {
      for (const pid of left) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // It went with another one.
        }
      }
      await pause(20)
      left = await processes(kind)
    }
  }
  return {
    name: machine,
    kill: () => end('all'),
    killPostgres: () => end('postgres'),
    killKeeper: () => end('keeper'),
    start: async () => {
      startOn(place, machine, 'pg_autoctl', 'run', '--pgdata', dataOf(place, machine))
    },
    cut: (networks) => network.cut(machine, networks),
    mend: () => network.mend(machine),
    takesWrites: () =>
      ask(`postgres://nobody@localhost:${portOf(machine)}/postgres?host=/run/postgresql`, 'SELECT pg_is_in_recovery() AS follows').then(
        ([row]) => row?.['follows'] === false,
        () => false,
      ),
  }
}

const databases = ['db1', 'db2', 'db3'] as const
/**
 * A keeper that was asking the monitor when the network was cut would wait for the answer for hours, and its primary go on beside the new
 * one: so the connection itself has to find out.
 */
const noticingEnds = 'keepalives_idle=2&keepalives_interval=1&keepalives_count=3&tcp_user_timeout=5000'
const monitorUrl = `postgres://autoctl_node@${addressOf(numbers.monitor, 'cluster')}:${portOf('monitor')}/pg_auto_failover?${noticingEnds}`
const askMonitor = (sql: string) => ask(adminOf('monitor', 'pg_auto_failover', 'autoctl_node'), sql)

const startMonitor = async (place: Place, patience: Readonly<Record<string, number>>): Promise<void> => {
  const own = [
    '--pgdata',
    dataOf(place, 'monitor'),
    '--pgport',
    String(portOf('monitor')),
    '--hostname',
    addressOf(numbers.monitor, 'cluster'),
  ]
  await runOn(place, 'monitor', 'pg_autoctl', 'create', 'monitor', ...own, '--auth', 'trust', '--no-ssl')
  admit(place, 'monitor')
  startOn(place, 'monitor', 'pg_autoctl', 'run', '--pgdata', dataOf(place, 'monitor'))
  await until('a monitor', 30, async () => (await askMonitor('SELECT 1')).length > 0)
  const admin = adminOf('monitor', 'pg_auto_failover')
  for (const [name, ms] of Object.entries(patience)) await ask(admin, `ALTER SYSTEM SET pgautofailover.${name} = ${ms}`)
  await ask(admin, 'SELECT pg_reload_conf()')
}

const createDatabase = async (place: Place, machine: Machine, patience: number | undefined): Promise<void> => {
  const own = [
    '--pgdata',
    dataOf(place, machine),
    '--pgport',
    String(portOf(machine)),
    '--hostname',
    addressOf(numbers[machine], 'cluster'),
  ]
  const role = ['--username', 'poolhouse', '--dbname', 'poolhouse', '--auth', 'trust', '--no-ssl', '--listen', '*']
  await runOn(place, machine, 'pg_autoctl', 'create', 'postgres', '--name', machine, ...own, ...role, '--monitor', monitorUrl)
  const flags = ['--pgdata', dataOf(place, machine)]
  if (patience !== undefined)
    await runOn(place, machine, 'pg_autoctl', 'config', 'set', ...flags, 'timeout.network_partition_timeout', String(patience))
  startOn(place, machine, 'pg_autoctl', 'run', ...flags)
}

/** Starts the monitor and three databases, each on a machine of its own; `patient` leaves pg_auto_failover its own times. */
export const startCluster = async (programs: string, folder: string, patient: boolean): Promise<Cluster> => {
  const place = { programs, folder, network: await openNetwork(numbers) }
  for (const path of [...Object.keys(numbers).map((machine) => join(folder, machine)), '/run/postgresql']) {
    mkdirSync(path)
    chownSync(path, nobody, nobody)
  }
  await startMonitor(place, patient ? {} : monitorPatience)
  const [first, ...others] = databases
  await createDatabase(place, first, patient ? undefined : keeperPatience)
  // The standbys begin as copies of it, and know the line as well.
  admit(place, first)
  await until('a first database', 30, async () => {
    await runOn(place, first, 'pg_ctl', 'reload', '-D', dataOf(place, first))
    return (await ask(adminOf(first, 'poolhouse'), 'SELECT 1')).length > 0
  })
  if (!patient) await ask(adminOf(first, 'poolhouse'), `ALTER SYSTEM SET wal_sender_timeout = '${senderTimeout}s'`)
  await ask(adminOf(first, 'poolhouse'), 'SELECT pg_reload_conf()')
  const states = () =>
    askMonitor('SELECT nodename AS name, reportedstate AS state, goalstate AS goal, health FROM pgautofailover.node ORDER BY 1')
  const isSettled = async () => {
    const found = (await states()).map(({ state, goal }) => (state === goal ? String(state) : ''))
    return String(found.sort()) === 'primary,secondary,secondary'
  }
  const following = until('standbys', 90, async () => {
    // The copies that they begin with would wait minutes for a checkpoint.
    await ask(adminOf(first, 'poolhouse'), 'CHECKPOINT')
    return isSettled()
  })
  await Promise.all([following, ...others.map((machine) => createDatabase(place, machine, patient ? undefined : keeperPatience))])
  const machines = databases.map((machine) => openMachine(place, machine))
  const primary: Cluster['primary'] = async () => {
    const found = (await states()).find(({ state, goal }) => state === goal && /^(primary|wait_primary|single)$/.test(String(state)))
    return machines.find(({ name }) => name === found?.['name'])
  }
  const hosts = databases.map((machine) => `${addressOf(numbers[machine], 'clients')}:${portOf(machine)}`)
  return {
    monitor: openMachine(place, 'monitor'),
    machines,
    url: `postgres://poolhouse@${hosts}/poolhouse?sslmode=disable`,
    primary,
    settled: (seconds) => until('a primary with two standbys', seconds, isSettled),
    query: async (sql) => {
      const at = await primary()
      if (at === undefined) throw new Error('no database takes writes')
      return ask(adminOf(at.name as Machine, 'poolhouse'), sql)
    },
    stallMonitor: async () => {
      const client = new pg.Client({ connectionString: adminOf('monitor', 'pg_auto_failover') })
      await client.connect()
      await client.query('BEGIN; LOCK TABLE pgautofailover.node IN ACCESS EXCLUSIVE MODE')
      return () => client.end()
    },
    describe: async () => {
      const said = databases.map(
        (machine) => `${machine}:\n${readFileSync(logOf(place, machine), 'utf8').split('\n').slice(-12).join('\n')}`,
      )
      return [JSON.stringify(await states()), ...said].join('\n')
    },
  }
}
