import { execFileSync } from 'node:child_process'
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from '../statistics.ts'

/** The environment of a server whose disk takes so many milliseconds longer; or why there can be none on this machine. */
export const slowDisk = (folder: string, ms: number): Readonly<Record<string, string>> | string => {
  if (process.platform !== 'linux') return 'needs Linux'
  const shim = join(folder, 'slow-sync.so')
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, fileURLToPath(new URL('slow-sync.c', import.meta.url)), '-ldl'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return isMissing ? 'there is no cc on this machine' : `cc failed: ${String((error as Error).message).split('\n')[1] ?? ''}`
  }
  return { LD_PRELOAD: shim, SYNC_DELAY_US: String(ms * 1000) }
}

/** Milliseconds that the disk below a folder takes to keep 4 KB, the median of some. */
export const syncTime = (folder: string): number => {
  const file = openSync(join(folder, 'sync-time'), 'w')
  const page = Buffer.alloc(4096, 'a')
  const times = Array.from({ length: 50 }, () => {
    const from = performance.now()
    writeSync(file, page)
    fdatasyncSync(file)
    return performance.now() - from
  })
  closeSync(file)
  return median(times)
}
