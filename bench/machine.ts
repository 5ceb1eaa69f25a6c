import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** What figures were measured on; memory in GB. */
export interface Machine {
  readonly cores: number
  readonly cpu: string
  readonly memory: number
  readonly node: string
  /** The load average when it was asked for: before the run. */
  readonly loadBefore: number
  readonly date: string
}

/** This machine now. */
export const machineNow = (): Machine => ({
  cores: availableParallelism(),
  cpu: cpus()[0]?.model ?? 'unknown',
  memory: Math.round(totalmem() / 1e9),
  node: process.version,
  loadBefore: loadavg()[0] ?? 0,
  date: new Date().toISOString().slice(0, 10),
})
