import { readdir, readFile } from 'node:fs/promises'
import { getPriority, setPriority } from 'node:os'

/** As much as Linux gives a thread a third of what one of ordinary niceness gets, where both want the same core. */
const nicer = 5
const nicest = 19

// Elsewhere niceness is the whole process's.
const isPerThread = process.platform === 'linux'

const comm = async (thread: string): Promise<string> => (await readFile(`/proc/self/task/${thread}/comm`, 'utf8')).trim()

// A sandbox may forbid it, and a thread may be gone; then all are equal, as they were.
const yieldAs = (thread: number): boolean => {
  try {
    setPriority(thread, Math.min(getPriority(process.pid) + nicer, nicest))
    return true
  } catch {
    return false
  }
}

/**
 * Lets the calling worker thread give way to the event loop where there are more threads than cores: arithmetic fills every core, and a loop
 * that waits for one hands out no work. Only on Linux, whose niceness is a thread's own (setpriority(2)).
 */
export const yieldToLoop = (): void => {
  if (isPerThread) yieldAs(0)
}

/** The same for the threads of libuv's pool, on which RSA signs; answers for how many of them. For none before Node.js 24: they have no names. */
export const makePoolYield = async (): Promise<number> => {
  if (!isPerThread) return 0
  const threads = await readdir('/proc/self/task').catch(() => [])
  const names = await Promise.all(threads.map((thread) => comm(thread).catch(() => '')))
  return threads.filter((thread, index) => names[index] === 'libuv-worker' && yieldAs(Number(thread))).length
}
