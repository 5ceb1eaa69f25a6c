/**
 * `npm run bench [-- --quick] [-- --json]`: measures the built program on this machine, beside what the same machine could do at best.
 * README.md tells how to read it. `--dist FOLDER` measures another build.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { CryptoCost } from './crypto-cost.ts'
import type { Errand, Figures } from './load.ts'
import { benchPool } from './pool.ts'
import { residentMegabytes } from './process-usage.ts'
import { type Program, startProgram } from './program.ts'
import { type Report, reportText, rowOf } from './report.ts'
import type { Simple } from './scenarios.ts'
import { median } from './statistics.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, dist: { type: 'string' } },
})
const plan = options.quick
  ? { starts: 3, rounds: 1, seconds: 1.5, exchanges: 400, manyUsers: 10_000, pairs: 2 }
  : { starts: 7, rounds: 5, seconds: 2.5, exchanges: 1000, manyUsers: 100_000, pairs: 5 }
const root = fileURLToPath(new URL('..', import.meta.url))
const connections = 16
const signUpConnections = 64

// On the disk of this clone rather than in a temporary folder, which may be in memory.
const folder = join(root, `node_modules/.cache/poolhouse/bench-${process.pid}`)
mkdirSync(folder, { recursive: true })
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))
setTimeout(() => {
  console.error('The benchmark took longer than ten minutes.')
  process.exit(1)
}, 600_000).unref()

const progress = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`${text} ...\n`))
const runNode = (file: string, ...args: string[]): string =>
  execFileSync(process.execPath, [join(root, file), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

/** A copy, so that a build in the meantime does not change what is measured. */
const takeBuild = async (): Promise<string> => {
  const dist = join(folder, 'dist')
  const { isBuilt } = (await import(join(root, 'scripts/freshness.mjs'))) as { isBuilt(): boolean }
  if (options.dist === undefined && !isBuilt()) runNode('scripts/build.mjs')
  cpSync(options.dist ?? join(root, 'dist'), dist, { recursive: true, filter: (path) => !path.endsWith('.cache') })
  return dist
}

interface Load {
  run(errand: Errand): Promise<Figures>
  end(): void
}

const startLoad = ({ port, pid }: Program): Load => {
  const child: ChildProcess = fork(join(root, 'bench/load.ts'), [String(port), String(pid)])
  const died = once(child, 'exit').then(() => Promise.reject(new Error('The load generator failed.')))
  died.catch(() => {})
  return {
    run: async (errand) => {
      child.send(errand)
      const [message] = await Promise.race([once(child, 'message'), died])
      return message.figures
    },
    end: () => child.disconnect(),
  }
}

const end = async (load: Load, program: Program): Promise<void> => {
  load.end()
  await program.stop()
}

const measureStarts = async (dist: string) => {
  progress('starting')
  const dataDir = join(folder, 'starts')
  const times: number[] = []
  let idle = 0
  for (let start = 0; start <= plan.starts; start++) {
    const program = await startProgram(dist, dataDir)
    times.push(program.startedIn)
    // Long enough that everything that is put off until after the start has happened.
    if (start < 2) await sleep(3000)
    if (start === 1) idle = residentMegabytes(program.pid)
    await program.stop()
  }
  const [first = 0, ...later] = times
  return { start: { first, later: median(later) }, idle }
}

const measureLoad = async (dist: string) => {
  const program = await startProgram(dist, join(folder, 'load'))
  const load = startLoad(program)
  await load.run({ kind: 'seed' })
  const figures: Record<Simple | 'srp', Figures[]> = {
    null: [],
    health: [],
    password: [],
    refresh: [],
    'get-user': [],
    'sign-up': [],
    srp: [],
  }
  const costs: CryptoCost[] = []
  const simple = (of: Simple, seconds = plan.seconds, at = of === 'sign-up' ? signUpConnections : connections) =>
    load.run({ kind: 'simple', of, connections: at, seconds })
  const kinds: readonly Simple[] = ['null', 'health', 'password', 'refresh', 'get-user', 'sign-up']
  progress('warming up')
  for (const kind of kinds) await simple(kind, 0.7)
  await load.run({ kind: 'srp', connections, exchanges: 200 })
  for (let round = 1; round <= plan.rounds; round++) {
    progress(`round ${round} of ${plan.rounds}`)
    costs.push(JSON.parse(runNode('bench/crypto-cost.ts')))
    for (const kind of kinds) figures[kind].push(await simple(kind))
    figures.srp.push(await load.run({ kind: 'srp', connections, exchanges: plan.exchanges }))
  }
  const afterLoad = residentMegabytes(program.pid)
  await end(load, program)
  const middle = <T extends object>(of: readonly T[]): T =>
    Object.fromEntries(Object.keys(of[0] ?? {}).map((name) => [name, median(of.map((one) => one[name as keyof T] as number))])) as T
  return {
    figures: Object.fromEntries(Object.entries(figures).map(([kind, of]) => [kind, middle(of)])) as Record<Simple | 'srp', Figures>,
    crypto: middle(costs),
    afterLoad,
  }
}

/** The same sign-ins, one at a time, in turns against a small pool and a big one. */
const measureSizes = async (dist: string) => {
  const begin = async (name: string, users: number, every: number) => {
    const dataDir = join(folder, name)
    const empty = await startProgram(dist, dataDir)
    const seeder = startLoad(empty)
    await seeder.run({ kind: 'seed' })
    await end(seeder, empty)
    if (users > benchPool.users) {
      progress(`registering ${users} users`)
      runNode('bench/fill-pool.ts', dataDir, String(users), String(every))
    }
    const program = await startProgram(dist, dataDir)
    const load = startLoad(program)
    const signIn = (seconds: number) =>
      load.run({ kind: 'sign in', users: Array.from({ length: users / every }, (_, index) => index * every), seconds })
    await signIn(1)
    return { users, signIn, p50: [] as number[], end: () => end(load, program) }
  }
  const sizes = [await begin('few', benchPool.users, 1), await begin('many', plan.manyUsers, plan.manyUsers / 1000)]
  progress('signing in to pools of two sizes')
  for (let pair = 0; pair < plan.pairs; pair++) {
    for (const size of pair % 2 ? sizes.toReversed() : sizes) size.p50.push((await size.signIn(options.quick ? 1 : 2)).p50)
  }
  for (const size of sizes) await size.end()
  return sizes.map(({ users, p50 }) => ({ users, p50: median(p50) }))
}

const loadBefore = loadavg()[0] ?? 0
const dist = await takeBuild()
const { start, idle } = await measureStarts(dist)
const { figures, crypto, afterLoad } = await measureLoad(dist)
const sizes = await measureSizes(dist)

const cores = availableParallelism()
const nullCpu = figures.null.serverCpu + figures.null.clientCpu
const row = (name: string, of: Figures, arithmetic: number, requests = 1) =>
  rowOf(name, of, (cores * 1e6) / (arithmetic + requests * nullCpu), arithmetic + requests * nullCpu)
const { sign, verify, modPow } = crypto
const report: Report = {
  machine: { cores, cpu: cpus()[0]?.model ?? 'unknown', node: process.version, loadBefore },
  crypto,
  null: figures.null,
  health: figures.health,
  rows: [
    row('password sign-in', figures.password, 2 * sign + modPow),
    row('SRP sign-in', figures.srp, 2 * sign + 3 * modPow, 2),
    row('refresh', figures.refresh, 2 * sign),
    row('GetUser', figures['get-user'], verify),
    row('SignUp, durable', figures['sign-up'], modPow),
  ],
  start,
  memory: { idle, afterLoad },
  sizes,
}
process.stdout.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report, { connections, signUpConnections }))
process.exit()
