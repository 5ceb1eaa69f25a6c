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
import { middleRound, type Report, type Round, reportText, rowOf } from './report.ts'
import type { Simple } from './scenarios.ts'
import { median } from './statistics.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, dist: { type: 'string' } },
})
const plan = options.quick
  ? { starts: 3, warmUp: { seconds: 0.7, exchanges: 200 }, rounds: 2, seconds: 0.8, exchanges: 250, manyUsers: 10_000, pairs: 2 }
  : { starts: 7, warmUp: { seconds: 4, exchanges: 1600 }, rounds: 7, seconds: 1.2, exchanges: 400, manyUsers: 100_000, pairs: 5 }
const root = fileURLToPath(new URL('..', import.meta.url))
const cores = availableParallelism()
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

/** One figure after another, each beside what the machine could do at best in the same seconds: its speed changes with its other work. */
const measureRound = async (load: Load, seconds: number, exchanges: number): Promise<Round> => {
  const crypto: CryptoCost = JSON.parse(runNode('bench/crypto-cost.ts'))
  const simple = (of: Simple, at = connections) => load.run({ kind: 'simple', of, connections: at, seconds })
  const nothing = await simple('null')
  const row = (name: string, figures: Figures, arithmetic: number, requests = 1) =>
    rowOf(name, figures, arithmetic + requests * (nothing.serverCpu + nothing.clientCpu), cores)
  const { sign, verify, modPow } = crypto
  return {
    crypto,
    nothing,
    health: await simple('health'),
    rows: [
      row('password sign-in', await simple('password'), 2 * sign + modPow),
      row('SRP sign-in', await load.run({ kind: 'srp', connections, exchanges }), 2 * sign + 3 * modPow, 2),
      row('TOTP sign-in', await load.run({ kind: 'totp', connections, exchanges }), 2 * sign + modPow, 2),
      row('custom auth, module', await load.run({ kind: 'custom', connections, exchanges }), 2 * sign, 2),
      row('refresh', await simple('refresh'), 2 * sign),
      row('refresh, rotating', await load.run({ kind: 'rotate', connections, seconds }), 2 * sign),
      row('GetUser', await simple('get-user'), verify),
      row('code grant, signed in', await load.run({ kind: 'code', connections, exchanges }), 2 * sign, 2),
      row('client credentials', await simple('client-credentials'), sign),
      row('userInfo', await simple('user-info'), verify),
      row('sign-in page', await simple('login-page'), 0),
      row('SignUp, durable', await simple('sign-up', signUpConnections), modPow),
    ],
  }
}

const measureLoad = async (dist: string) => {
  const program = await startProgram(dist, join(folder, 'load'))
  const load = startLoad(program)
  await load.run({ kind: 'seed', withFactors: true })
  progress('warming up')
  await measureRound(load, plan.warmUp.seconds, plan.warmUp.exchanges)
  const rounds: Round[] = []
  for (let round = 1; round <= plan.rounds; round++) {
    progress(`round ${round} of ${plan.rounds}`)
    rounds.push(await measureRound(load, plan.seconds, plan.exchanges))
  }
  const afterLoad = residentMegabytes(program.pid)
  await end(load, program)
  return { round: middleRound(rounds), afterLoad }
}

/** The same sign-ins, one at a time, in turns against a small pool and a big one. */
const measureSizes = async (dist: string) => {
  const begin = async (name: string, users: number, every: number) => {
    const dataDir = join(folder, name)
    const empty = await startProgram(dist, dataDir)
    const seeder = startLoad(empty)
    await seeder.run({ kind: 'seed', withFactors: false })
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
const { round, afterLoad } = await measureLoad(dist)
const sizes = await measureSizes(dist)
const report: Report = {
  machine: { cores, cpu: cpus()[0]?.model ?? 'unknown', node: process.version, loadBefore },
  ...round,
  start,
  memory: { idle, afterLoad },
  sizes,
}
process.stdout.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report, { connections, signUpConnections }))
process.exit()
