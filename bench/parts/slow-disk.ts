import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { two } from '../numbers.ts'
import { runNodeWith } from '../run-node.ts'
import { delayName, type SyncTimes } from './sync-time.ts'

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
  const env = { LD_PRELOAD: shim, [delayName]: String(ms * 1000) }
  const { asIs, delayed } = JSON.parse(runNodeWith(env, 'bench/parts/print-sync-times.ts', folder)) as SyncTimes
  return delayed - asIs < ms ? `the disk was slowed by ${two(delayed - asIs)} ms only` : env
}
