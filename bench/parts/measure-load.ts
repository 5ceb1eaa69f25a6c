import { join } from 'node:path'
import { type Bench, type Chapter, connections, signUpConnections } from '../chapter.ts'
import type { CryptoCost } from '../crypto-cost.ts'
import type { Figures } from '../errand.ts'
import { type Aim, above, atLeast, atMost, below, compared, type Finding, single } from '../finding.ts'
import type { LoopWatch } from '../loop-watch.ts'
import { two, whole } from '../numbers.ts'
import type { Span } from '../plan.ts'
import { peakMegabytes, residentMegabytes } from '../process-usage.ts'
import { startProgram } from '../program.ts'
import { cryptoCostNow } from '../run-node.ts'
import type { AccessTokens, Simple } from '../scenarios.ts'
import { type Load, startLoad } from '../start-load.ts'
import { median, middle } from '../statistics.ts'
import { type Row, rowOf, rowTable } from './row.ts'

/** What is measured again and again. */
interface Round {
  readonly crypto: CryptoCost
  /** Right before what has a ceiling. */
  readonly nothing: Figures
  /** Right before what is compared with it alone. */
  readonly nothingAgain: Figures
  readonly health: Figures
  readonly rows: readonly Row[]
  readonly loop: LoopWatch
}

/** One figure after another, each beside what the machine could do at best in the same seconds: its speed changes with its other work. */
const measureRows = async (load: Load, { cores, plan }: Bench, { seconds, exchanges }: Span): Promise<Omit<Round, 'loop'>> => {
  const crypto = cryptoCostNow()
  const { sign, verify, modPow } = crypto
  const simple = (of: Simple, at = connections) => load.simple(of, at, seconds)
  const nothing = await simple('null')
  const row = (name: string, figures: Figures, arithmetic: number, requests = 1) =>
    rowOf(name, figures, arithmetic + requests * (nothing.serverCpu + nothing.clientCpu), cores)
  const withCeiling = [
    row('password sign-in', await simple('password'), 2 * sign + modPow),
    row('SRP sign-in', await load.run({ kind: 'srp', connections, exchanges }), 2 * sign + 3 * modPow, 2),
    row('refresh', await simple('refresh'), 2 * sign),
    row('client credentials', await simple('client-credentials'), sign),
  ]
  const health = await simple('health')
  const nothingAgain = await simple('null')
  const firstUse = (of: keyof AccessTokens) => load.run({ kind: 'first use', of, connections, requests: plan.olderTokens })
  return {
    crypto,
    nothing,
    health,
    nothingAgain,
    rows: [
      ...withCeiling,
      row('GetUser', await simple('get-user'), 0),
      row('GetUser, older token', await firstUse('api'), verify),
      row('userInfo', await simple('user-info'), 0),
      row('userInfo, older token', await firstUse('page'), verify),
      row('TOTP sign-in', await load.run({ kind: 'totp', connections, exchanges }), 2 * sign + modPow, 2),
      row('custom auth, module', await load.run({ kind: 'custom', connections, exchanges }), 2 * sign, 2),
      row('refresh, rotating', await load.run({ kind: 'rotate', connections, seconds }), 2 * sign),
      row('code grant, signed in', await load.run({ kind: 'code', connections, exchanges }), 2 * sign, 2),
      row('sign-in page', await simple('login-page'), 0),
      row('SignUp', await simple('sign-up', signUpConnections), modPow),
    ],
  }
}

/** The medians of several rounds. A ratio is the median of the rounds' ratios, not the ratio of medians. */
const middleOf = (rounds: readonly Round[]) => ({
  crypto: middle(rounds.map(({ crypto }) => crypto)),
  nothing: middle(rounds.map(({ nothing }) => nothing)),
  health: middle(rounds.map(({ health }) => health)),
  rows: (rounds[0]?.rows ?? []).map((_, row) => middle(rounds.flatMap(({ rows }) => rows[row] ?? []))),
  loop: {
    waited: Math.max(...rounds.map(({ loop }) => loop.waited)),
    worked: Math.max(...rounds.map(({ loop }) => loop.worked)),
  },
})

const rowIn = ({ rows }: Pick<Round, 'rows'>, name: string): Row => {
  const row = rows.find((one) => one.name === name)
  if (row === undefined) throw new Error(`There is no row "${name}".`)
  return row
}

const ceilings: readonly (readonly [name: string, aim: Aim])[] = [
  ['password sign-in', atLeast(0.8)],
  ['password sign-in', above(1)],
  ['SRP sign-in', atLeast(0.75)],
  ['refresh', atLeast(0.75)],
  ['client credentials', atLeast(0.75)],
]

const besideCeilings = (round: Pick<Round, 'rows'>): Finding[] =>
  ceilings.map(([name, aim]) => {
    const { rate, ceiling, ratio, cpuRatio } = rowIn(round, name)
    const figure = `${name} / its ceiling${aim.is === '>' ? ', with the table of powers' : ''}`
    return compared(figure, { measured: rate, against: ceiling, unit: '/s', ratio, byCpu: cpuRatio }, aim)
  })

const besideNull = ['GetUser', 'GetUser, older token', 'userInfo', 'userInfo, older token']

/** Requests with hardly any arithmetic, beside one that does nothing, in each round. */
const besideNothing = (rounds: readonly Round[]): Finding[] =>
  besideNull.map((name) => {
    const of = (value: (row: Row, nothing: Figures) => number) =>
      median(rounds.map((round) => value(rowIn(round, name), round.nothingAgain)))
    return compared(
      `${name} / a null request`,
      {
        measured: of((row) => row.rate),
        against: of((_, nothing) => nothing.rate),
        unit: '/s',
        ratio: of((row, nothing) => row.rate / nothing.rate),
        byCpu: of((row, nothing) => (nothing.serverCpu + nothing.clientCpu) / (row.serverCpu + row.clientCpu)),
      },
      atLeast(0.5),
    )
  })

const makingOf = ({ crypto, nothing, health }: Pick<Round, 'crypto' | 'nothing' | 'health'>): string[][] => [
  ['', 'us'],
  ['RSA-2048 signature', whole(crypto.sign)],
  ['RSA-2048 verification', whole(crypto.verify)],
  ['3072-bit power, 256-bit exponent', whole(crypto.modPow)],
  ['null request (server + client)', `${whole(nothing.serverCpu)} + ${whole(nothing.clientCpu)}`],
  ['GET /health, for comparison', `${whole(health.serverCpu)} + ${whole(health.clientCpu)}`],
]

/** What one server did. */
interface Run {
  readonly rounds: readonly Round[]
  readonly memory: { readonly highest: number; readonly after: number }
}

/** Makes the pools, and tokens that the server signed before it was started again: it remembers them no better than those of another node. */
const makePools = async ({ dist, plan }: Bench, dataDir: string) => {
  const program = await startProgram(dist, dataDir)
  const load = startLoad(program)
  await load.run({ kind: 'prepare', seed: true, withFactors: false })
  const older = await load.makeTokens(plan.olderTokens * (1 + plan.rounds))
  const highest = peakMegabytes(program.pid)
  load.end()
  await program.stop()
  // A token names the address of who signed it.
  return { older, port: program.port, highest }
}

const measureServer = async (bench: Bench, server: number): Promise<Run> => {
  const { dist, folder, plan, progress } = bench
  const of = `${plan.servers > 1 ? `server ${server} of ${plan.servers}, ` : ''}round`
  const dataDir = join(folder, `load-${server}`)
  progress('making tokens')
  const { older, port, highest } = await makePools(bench, dataDir)
  const program = await startProgram(dist, dataDir, { flags: ['--port', `${port}`], watched: true })
  const load = startLoad(program)
  await load.run({ kind: 'prepare', seed: false, withFactors: true })
  await load.run({ kind: 'take tokens', own: await load.makeTokens(plan.tokens), older })
  progress('warming up')
  await measureRows(load, bench, plan.warmUp)
  await program.loop()
  const rounds: Round[] = []
  for (let round = 1; round <= plan.rounds; round++) {
    progress(`${of} ${round} of ${plan.rounds}`)
    rounds.push({ ...(await measureRows(load, bench, plan.round)), loop: await program.loop() })
  }
  const memory = { highest: Math.max(highest, peakMegabytes(program.pid)), after: residentMegabytes(program.pid) }
  load.end()
  await program.stop()
  return { rounds, memory }
}

/** Every kind of request at full load, one after the other, in rounds at several servers. */
export const measureLoad = async (bench: Bench): Promise<Chapter> => {
  const runs: Run[] = []
  for (let server = 1; server <= bench.plan.servers; server++) runs.push(await measureServer(bench, server))
  const rounds = runs.flatMap((run) => run.rounds)
  const middleRound = middleOf(rounds)
  const memory = {
    highest: Math.max(...runs.map((run) => run.memory.highest)),
    after: Math.max(...runs.map((run) => run.memory.after)),
  }
  const { loop, rows } = middleRound
  return {
    findings: [
      ...besideCeilings(middleRound),
      ...besideNothing(rounds),
      single('memory under load, highest', memory.highest, 'MB', below(350)),
      single('event loop, longest work between two turns', loop.worked, 'ms', atMost(20)),
    ],
    tables: [
      { title: `Requests at full load, ${connections} connections, sign-ups ${signUpConnections}`, rows: rowTable(rows) },
      { title: 'What the ceilings are made of', rows: makingOf(middleRound) },
      {
        title: 'Memory under that load',
        rows: [
          ['', 'MB'],
          ['highest', whole(memory.highest)],
          ['afterwards', whole(memory.after)],
        ],
      },
      {
        title: 'The longest between two turns of the event loop under that load',
        rows: [
          ['', 'ms'],
          ['CPU time of its own', two(loop.worked)],
          ['by the clock, others on the cores', two(loop.waited)],
        ],
      },
    ],
    figures: { ...middleRound, memory },
  }
}
