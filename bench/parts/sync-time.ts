import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { median } from '../statistics.ts'

/** The environment variable from which `slow-sync.c` takes its microseconds, at each call. */
export const delayName = 'SYNC_DELAY_US'

/** Milliseconds, medians: without the delay, and with it where the shim is preloaded. */
export interface SyncTimes {
  readonly asIs: number
  readonly delayed: number
}

/** How long the disk below a folder takes to keep 4 KB in this process, in turns with the delay that the environment names and without. */
export const syncTimes = (folder: string): SyncTimes => {
  const delay = process.env[delayName] ?? '0'
  const file = openSync(join(folder, 'sync-time'), 'w')
  const page = Buffer.alloc(4096, 'a')
  const timed = (us: string): number => {
    process.env[delayName] = us
    const from = performance.now()
    writeSync(file, page)
    fdatasyncSync(file)
    return performance.now() - from
  }
  const pairs = Array.from({ length: 50 }, () => ({ asIs: timed('0'), delayed: timed(delay) }))
  closeSync(file)
  const asIs = median(pairs.map((pair) => pair.asIs))
  return { asIs, delayed: asIs + median(pairs.map((pair) => pair.delayed - pair.asIs)) }
}
