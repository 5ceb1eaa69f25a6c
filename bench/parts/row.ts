import type { Figures } from '../errand.ts'
import { two, whole } from '../numbers.ts'

/** One kind of request beside its ceiling. CPU in microseconds for each, of the server, the load generator and of the ceiling. */
export interface Row extends Figures {
  readonly name: string
  /** Those that the machine really had. */
  readonly cores: number
  /** Per second, with these cores. */
  readonly ceiling: number
  readonly ceilingCpu: number
  /** Of the rates; other programs on the machine lower it. */
  readonly ratio: number
  /** Of the CPU times: the ratio on a machine that does nothing else and is kept busy. */
  readonly cpuRatio: number
}

/** Figures beside the ceiling of a machine with so many cores, less what the hypervisor kept from it. */
export const rowOf = (name: string, figures: Figures, ceilingCpu: number, allCores: number): Row => {
  const cores = allCores - figures.stolenCores
  const ceiling = (cores * 1e6) / ceilingCpu
  return {
    name,
    ...figures,
    cores,
    ceiling,
    ceilingCpu,
    ratio: figures.rate / ceiling,
    cpuRatio: ceilingCpu / (figures.serverCpu + figures.clientCpu),
  }
}

const heads = ['', 'per s', 'cores', 'ceiling', 'ratio', 'CPU ratio', 'p50 ms', 'p99 ms', 'server us', 'client us', 'ceiling us']

/** Rows as a table for people. */
export const rowTable = (rows: readonly Row[]): string[][] => [
  heads,
  ...rows.map((row) => [
    row.name,
    whole(row.rate),
    two(row.cores),
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
