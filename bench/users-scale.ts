/**
 * `npm run bench:users -- [--users N] [--folder FOLDER] [--dist FOLDER] [--rounds N] [--purge SECONDS]`: the same requests, one at a time, to a
 * pool of 1,000 users and, in turns, to one of N (100,000 unless said) on the same server; then the deletion of a group and of the big pool
 * in the background, and the sign-ins into the small pool meanwhile. Fails when something takes more than twice as long in the big pool.
 * A FOLDER is kept, and filled where it is not yet. README.md tells more.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Table } from './chapter.ts'
import { type Connection, openConnection } from './connections.ts'
import { atMost, compared } from './finding.ts'
import { two } from './numbers.ts'
import { type Program, startProgram } from './program.ts'
import { type Report, reportMarkdown, reportText } from './report.ts'
import { adminRequest } from './requests.ts'
import { root } from './run-node.ts'
import { measurePurges } from './scale-purge.ts'
import { createUser, deleteUser, listUsers, type ScaledPool, scaleVerbs, signIn } from './scale-requests.ts'
import { median, percentiles } from './statistics.ts'
import { takeBuild } from './take-build.ts'

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    folder: { type: 'string' },
    dist: { type: 'string' },
    rounds: { type: 'string', default: '400' },
    purge: { type: 'string', default: '90' },
  },
})
const [few, many, rounds, purgeSeconds] = [1000, Number(options.users), Number(options.rounds), Number(options.purge)]
const flat = 2
const groups = 10
const pages = 60

const progress = (text: string): void => void process.stderr.write(`${text} ...\n`)
// In this clone, where the build finds its packages, and on its disk.
const folder = join(root, `node_modules/.cache/poolhouse/scale-${process.pid}`)
mkdirSync(folder, { recursive: true })
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))

const dist = await takeBuild(folder, options.dist)
const dataDir = options.folder ?? join(folder, 'data')

interface Loaded {
  readonly userPoolId: string
  readonly clientId: string
  readonly users: number
  readonly added: number
  readonly seconds: number
  readonly signIn: { readonly everyNth: number }
}

const load = (name: string, users: number): Loaded => {
  progress(`a pool of ${users.toLocaleString('en')} users`)
  const flags = ['--pool', `us-east-1_${name}`, '--users', String(users), '--groups', String(groups), '--data-dir', dataDir, '--json']
  const out = execFileSync(process.execPath, [join(dist, 'main.js'), 'load', ...flags], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(out) as Loaded
}

const send = async (connection: Connection, bytes: Uint8Array) => {
  const reply = await connection.send(bytes)
  if (reply.status !== 200) throw new Error(`The server answered ${reply.status}: ${reply.body.slice(0, 300)}`)
  return reply.body === '' ? {} : JSON.parse(reply.body)
}

/** Signs users in who lie spread over the pool, so that what is read of them is in memory. */
const openPool = async (
  connection: Connection,
  { userPoolId: UserPoolId, clientId: ClientId, users, signIn: { everyNth: step } }: Loaded,
): Promise<ScaledPool> => {
  const known = Array.from({ length: 100 }, (_, index) => Math.floor((index * users) / 100 / step) * step)
  const pool = { UserPoolId, ClientId, users, known }
  const tokens: string[] = []
  const subs: string[] = []
  for (const number of known) {
    tokens.push((await send(connection, signIn(pool, number))).AuthenticationResult.AccessToken)
    const { UserAttributes } = await send(
      connection,
      adminRequest('AdminGetUser', { UserPoolId, Username: `load-${String(number).padStart(8, '0')}` }),
    )
    subs.push(UserAttributes.find(({ Name }: { Name: string }) => Name === 'sub')?.Value)
  }
  return { ...pool, tokens, subs }
}

/** A kind of request in both pools; milliseconds. */
interface Compared {
  readonly name: string
  readonly small: readonly number[]
  readonly large: readonly number[]
}

type Timed = (pool: ScaledPool, index: number) => Promise<number>

/** In turns, request by request, so that whatever else the machine does meets both alike. */
const inTurns = async (name: string, count: number, [small, large]: readonly [ScaledPool, ScaledPool], timed: Timed): Promise<Compared> => {
  for (let index = 0; index < Math.ceil(count / 10); index += 1) for (const pool of [small, large]) await timed(pool, index)
  const times: { small: number[]; large: number[] } = { small: [], large: [] }
  for (let index = 0; index < count; index += 1) {
    const turn = [
      [times.small, small],
      [times.large, large],
    ] as const
    for (const [list, pool] of index % 2 ? turn.toReversed() : turn) list.push(await timed(pool, index))
  }
  return { name, ...times }
}

const clocked = async (connection: Connection, bytes: Uint8Array): Promise<number> => {
  const from = performance.now()
  const { status, body } = await connection.send(bytes)
  const took = performance.now() - from
  if (status !== 200) throw new Error(`The server answered ${status}: ${body.slice(0, 300)}`)
  return took
}

/** Milliseconds of each page of a walk. */
const walk = async (connection: Connection, { UserPoolId }: ScaledPool): Promise<number[]> => {
  const times: number[] = []
  let token: string | undefined
  for (let page = 0; page < pages; page += 1) {
    const from = performance.now()
    const reply = await send(connection, listUsers(UserPoolId, 15, token))
    times.push(performance.now() - from)
    token = reply.PaginationToken
  }
  return times
}

const deepPages = async (connection: Connection, pools: readonly [ScaledPool, ScaledPool]): Promise<Compared> => {
  const times: { small: number[]; large: number[] } = { small: [], large: [] }
  for (let round = 0; round < Math.ceil(rounds / 40); round += 1) {
    const [small, large] = [await walk(connection, pools[0]), await walk(connection, pools[1])]
    times.small.push(...small.slice(-10))
    times.large.push(...large.slice(-10))
  }
  return { name: `ListUsers, pages ${pages - 9} to ${pages} of 15`, ...times }
}

const atRest = async (program: Program, pools: readonly [ScaledPool, ScaledPool]): Promise<Compared[]> => {
  const connection = await openConnection(program.port)
  const results: Compared[] = []
  for (const { name, request } of scaleVerbs) {
    progress(name)
    results.push(await inTurns(name, rounds, pools, (pool, index) => clocked(connection, request(pool, index))))
  }
  progress('pages deep in the list')
  results.push(await deepPages(connection, pools))
  progress('AdminCreateUser, AdminDeleteUser')
  const name = 'AdminCreateUser and AdminDeleteUser'
  const makeAndDelete: Timed = async (pool, index) =>
    (await clocked(connection, createUser(pool, index))) + (await clocked(connection, deleteUser(pool, index)))
  results.push(await inTurns(name, Math.ceil(rounds / 4), pools, makeAndDelete))
  connection.close()
  return results
}

const loadBefore = loadavg()[0] ?? 0
const loaded = [load('ScaleFew00', few), load('ScaleMany0', many)] as const
const size = statSync(join(dataDir, 'poolhouse.db')).size
const program = await startProgram(dist, dataDir)
const opening = await openConnection(program.port)
const pools = [await openPool(opening, loaded[0]), await openPool(opening, loaded[1])] as const
opening.close()
const results = await atRest(program, pools)
const purges = purgeSeconds > 0 ? [await measurePurges({ program, dataDir, pools, seconds: purgeSeconds, progress })] : []
await program.stop()

const ratioOf = ({ small, large }: Compared): number => median(large) / median(small)
const counted = (users: number): string => `${users.toLocaleString('en')} users`
const rest: Table = {
  title: `Requests one at a time, ${counted(few)} and ${counted(many)}, milliseconds`,
  rows: [
    ['', 'p50, few', 'p50, many', 'ratio', 'p99, few', 'p99, many', 'ratio'],
    ...results.map((one) => {
      const [small, large] = [percentiles(one.small), percentiles(one.large)]
      return [one.name, two(small.p50), two(large.p50), two(ratioOf(one)), two(small.p99), two(large.p99), two(large.p99 / small.p99)]
    }),
  ],
}
const [, big] = loaded
const loading: Table = {
  title: 'Loading',
  rows: [
    ['', 'seconds', 'users/s', 'GB on disk'],
    [counted(many), two(big.seconds), big.added === 0 ? 'there before' : String(Math.round(big.added / big.seconds)), two(size / 1e9)],
  ],
}
const [first] = results
const small = first === undefined ? [] : first.small
const comparison = { measured: median(first?.large ?? []), against: median(small), unit: 'ms' }
const report: Report = {
  machine: {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memory: Math.round(totalmem() / 1e9),
    node: process.version,
    loadBefore,
    date: new Date().toISOString().slice(0, 10),
  },
  chapters: {
    users: {
      findings: [compared(`sign-in p50, ${counted(many)} / ${counted(few)}`, comparison, atMost(1.1))],
      tables: [loading, rest, ...purges],
      figures: results,
    },
  },
}
process.stdout.write(`${reportText(report)}\n${reportMarkdown(report)}`)
const slow = results.filter((one) => ratioOf(one) > flat)
if (slow.length > 0) {
  process.stderr.write(`${slow.map((one) => `${one.name} takes ${two(ratioOf(one))} times as long with ${counted(many)}.`).join('\n')}\n`)
  process.exitCode = 1
}
