import type { Figures } from '../errand.ts'
import { two, whole } from '../numbers.ts'

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

const heads = ['', 'per s', 'ceiling', 'ratio', 'CPU ratio', 'p50 ms', 'p99 ms', 'server us', 'client us', 'ceiling us']

/** Rows as a table for people. */
export const rowTable = (rows: readonly Row[]): string[][] => [
  heads,
  ...rows.map((row) => [
    row.name,
    whole(row.rate),
    whole(row.ceiling),
    two(row.ratio),
    two(row.cpuRatio),
    row.p50.toFixed(1),
    row.p99.toFixed(1),
    whole(row.serverCpu),
    whole(row.clientCpu),
    whole(row.ceilingCpu),
  ]),
]
