import type { CryptoCost } from './crypto-cost.ts'
import type { Figures } from './load.ts'
import { median } from './statistics.ts'

/** One kind of request beside its ceiling. CPU in microseconds for each, of the server, the load generator and of the ceiling. */
export interface Row extends Figures {
  readonly name: string
  /** Per second. */
  readonly ceiling: number
  readonly ceilingCpu: number
  /** Of the rates; other programs on the machine lower it. */
  readonly ratio: number
  /** Of the CPU times: the ratio on a machine that does nothing else and is kept busy. */
  readonly cpuRatio: number
}

/** What is measured again and again. */
export interface Round {
  readonly crypto: CryptoCost
  readonly nothing: Figures
  readonly health: Figures
  readonly rows: readonly Row[]
}

/** Everything that a run found out. Times in milliseconds, memory in MB, CPU in microseconds. */
export interface Report extends Round {
  readonly machine: { readonly cores: number; readonly cpu: string; readonly node: string; readonly loadBefore: number }
  readonly start: { readonly first: number; readonly later: number }
  readonly memory: { readonly idle: number; readonly afterLoad: number }
  readonly sizes: readonly { readonly users: number; readonly p50: number }[]
}

/** Figures beside the ceiling of a machine with so many cores. */
export const rowOf = (name: string, figures: Figures, ceilingCpu: number, cores: number): Row => {
  const ceiling = (cores * 1e6) / ceilingCpu
  return {
    name,
    ...figures,
    ceiling,
    ceilingCpu,
    ratio: figures.rate / ceiling,
    cpuRatio: ceilingCpu / (figures.serverCpu + figures.clientCpu),
  }
}

/** The median of each number; everything else is the same in all. */
const middle = <T extends object>(of: readonly T[]): T =>
  Object.fromEntries(
    Object.entries(of[0] ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? median(of.map((one) => one[name as keyof T] as number)) : value,
    ]),
  ) as T

/** The medians of several rounds. A ratio is the median of the rounds' ratios, not the ratio of medians. */
export const middleRound = (rounds: readonly Round[]): Round => ({
  crypto: middle(rounds.map(({ crypto }) => crypto)),
  nothing: middle(rounds.map(({ nothing }) => nothing)),
  health: middle(rounds.map(({ health }) => health)),
  rows: (rounds[0]?.rows ?? []).map((_, row) => middle(rounds.flatMap(({ rows }) => rows[row] ?? []))),
})

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('')
}

const whole = (value: number) => value.toFixed(0)
const one = (value: number) => value.toFixed(1)
const two = (value: number) => value.toFixed(2)

/** The report as a person reads it. */
export const reportText = (report: Report, at: { readonly connections: number; readonly signUpConnections: number }): string => {
  const { machine, crypto, nothing, health, rows, start, memory, sizes } = report
  const figures = rows.map((row) => [
    row.name,
    whole(row.rate),
    whole(row.ceiling),
    two(row.ratio),
    two(row.cpuRatio),
    one(row.p50),
    one(row.p99),
    whole(row.serverCpu),
    whole(row.clientCpu),
    whole(row.ceilingCpu),
  ])
  const heads = ['', 'per s', 'ceiling', 'ratio', 'CPU ratio', 'p50 ms', 'p99 ms', 'server us', 'client us', 'ceiling us']
  return [
    `${machine.cores} cores (${machine.cpu}), Node.js ${machine.node}, load before the run ${two(machine.loadBefore)}\n`,
    `${at.connections} connections, sign-ups ${at.signUpConnections}; "us" are microseconds of CPU for each\n\n`,
    table([heads, ...figures]),
    '\nthe ceiling is made of, in microseconds of CPU:\n',
    table([
      ['', 'us'],
      ['RSA-2048 signature', whole(crypto.sign)],
      ['RSA-2048 verification', whole(crypto.verify)],
      ['3072-bit power, 256-bit exponent', whole(crypto.modPow)],
      ['null request (server + client)', `${whole(nothing.serverCpu)} + ${whole(nothing.clientCpu)}`],
      ['GET /health, for comparison', `${whole(health.serverCpu)} + ${whole(health.clientCpu)}`],
    ]),
    '\n',
    table([
      ['start to first answer', `${whole(start.later)} ms`],
      ['very first start (empty folder)', `${whole(start.first)} ms`],
      ['memory when idle', `${whole(memory.idle)} MB`],
      ['memory after the load', `${whole(memory.afterLoad)} MB`],
      ...sizes.map(({ users, p50 }) => [`password sign-in, p50, one at a time, ${users} users`, `${two(p50)} ms`]),
    ]),
  ].join('')
}
