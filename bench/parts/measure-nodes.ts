import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { postgresPrograms, startPostgres, type TestPostgres } from '../../tests/support/start-postgres.ts'
import { type Bench, type Chapter, connections, signUpConnections } from '../chapter.ts'
import type { Figures } from '../errand.ts'
import { atMost, compared, unmeasured } from '../finding.ts'
import { two, whole } from '../numbers.ts'
import { familyCpuSeconds, parentOf } from '../process-usage.ts'
import { startProgram } from '../program.ts'
import type { Simple } from '../scenarios.ts'
import { type Load, startLoad } from '../start-load.ts'
import { median, middle } from '../statistics.ts'

const figure = 'CPU per sign-in of each of two nodes on PostgreSQL / of one'
const aim = atMost(1.1)

/** What one or two nodes came to. CPU in microseconds for each request. */
interface Shared {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  /** Of the node where it is more. */
  readonly nodeCpu: number
  readonly databaseCpu: number
}

/** Puts a load on a node; `part` is its part of one that several share. */
type Loading = (load: Load, part: number) => Promise<Figures>

const share = async (loads: readonly Load[], loading: Loading, databasePid: number): Promise<Shared> => {
  const before = familyCpuSeconds(databasePid)
  const figures = await Promise.all(loads.map((load) => loading(load, 1 / loads.length)))
  const databaseCpu = familyCpuSeconds(databasePid) - before
  const sum = (of: (one: Figures) => number) => figures.reduce((total, one) => total + of(one), 0)
  return {
    rate: sum(({ rate }) => rate),
    p50: Math.max(...figures.map(({ p50 }) => p50)),
    p99: Math.max(...figures.map(({ p99 }) => p99)),
    nodeCpu: Math.max(...figures.map(({ serverCpu }) => serverCpu)),
    databaseCpu: (databaseCpu / sum(({ requests }) => requests)) * 1e6,
  }
}

const kinds: readonly { readonly name: string; readonly of: Simple; readonly connections: number }[] = [
  { name: 'password sign-in', of: 'password', connections },
  { name: 'refresh', of: 'refresh', connections },
  { name: 'SignUp', of: 'sign-up', connections: signUpConnections },
]
const evenName = 'password sign-in, a third of that rate at each'

/** Every kind of request on one node and shared by both, and sign-ins at a rate at which the cores are not fought for. */
const measureRound = async (loads: readonly Load[], seconds: number, databasePid: number): Promise<ReadonlyMap<string, Shared>> => {
  const found = new Map<string, Shared>()
  const both = async (name: string, loading: Loading) => {
    found.set(`${name}, one node`, await share(loads.slice(0, 1), loading, databasePid))
    found.set(`${name}, two nodes`, await share(loads, loading, databasePid))
  }
  for (const { name, of, connections } of kinds) {
    await both(name, (load, part) => load.simple(of, connections * part, seconds))
    if (of !== 'password') continue
    const rate = (found.get(`${name}, one node`)?.rate ?? 0) / 3
    await both(evenName, (load) => load.run({ kind: 'paced', rate, seconds: 2 * seconds }))
  }
  return found
}

const measureOn = async (postgres: TestPostgres, { dist, folder, plan }: Bench) => {
  const database = ['--database', await postgres.createDatabase()]
  const [helper] = await postgres.query("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")
  const databasePid = parentOf(Number(helper?.['pid']))
  const env = { POOLHOUSE_MASTER_KEY: randomBytes(32).toString('base64') }
  const begin = async (name: string, seed: boolean) => {
    const program = await startProgram(dist, join(folder, name), { flags: database, env })
    const load = startLoad(program)
    await load.run({ kind: 'prepare', seed, withFactors: false })
    return { program, load }
  }
  const nodes = [await begin('node-1', true), await begin('node-2', false)]
  const loads = nodes.map(({ load }) => load)
  // The one node is each of them in turn, so that both have done the same before.
  const measure = (round: number, seconds: number) => measureRound(round % 2 ? loads.toReversed() : loads, seconds, databasePid)
  for (const round of [0, 1]) await measure(round, plan.nodes.seconds)
  const rounds: ReadonlyMap<string, Shared>[] = []
  for (let round = 0; round < plan.nodes.rounds; round++) rounds.push(await measure(round, plan.nodes.seconds))
  for (const { program, load } of nodes) {
    load.end()
    await program.stop()
  }
  return rounds
}

/** One node and two of them on a PostgreSQL of the benchmark's own, which syncs its disk, under the same load in turns. */
export const measureNodes = async (bench: Bench): Promise<Chapter> => {
  if (postgresPrograms.length === 0) {
    const missing = 'no PostgreSQL server program on this machine (docs/operations.md)'
    return { findings: [unmeasured(figure, missing, aim)], tables: [], figures: undefined }
  }
  bench.progress('nodes on PostgreSQL')
  const postgres = await startPostgres({ fsync: true })
  // It would outlive a benchmark that somebody interrupts.
  const kill = () => void postgres.kill()
  process.once('exit', kill)
  const rounds = await measureOn(postgres, bench).finally(() => postgres.stop().finally(() => process.off('exit', kill)))
  const names = [...(rounds[0]?.keys() ?? [])]
  const rows = names.map((name) => ({ name, ...middle(rounds.flatMap((round) => round.get(name) ?? [])) }))
  const cpuOf = (nodes: string) => rounds.map((round) => round.get(`${evenName}, ${nodes}`)?.nodeCpu ?? Number.NaN)
  const [one, pair] = [cpuOf('one node'), cpuOf('two nodes')]
  const ratio = median(pair.map((cpu, round) => cpu / (one[round] ?? Number.NaN)))
  return {
    findings: [compared(figure, { measured: median(pair), against: median(one), unit: 'us', ratio }, aim)],
    tables: [
      {
        title: `PostgreSQL ${postgres.version} on the same machine, ${connections} connections, sign-ups ${signUpConnections}`,
        rows: [
          ['', 'per s', 'p50 ms', 'p99 ms', 'node us', 'PostgreSQL us'],
          ...rows.map(({ name, rate, p50, p99, nodeCpu, databaseCpu }) => [
            name,
            whole(rate),
            two(p50),
            two(p99),
            whole(nodeCpu),
            whole(databaseCpu),
          ]),
        ],
      },
    ],
    figures: { postgres: postgres.version, rows, ratio },
  }
}
