import type { Gate } from '../context.ts'

/** Runs work on passwords one after another; 'busy', and nothing run, when so much waits that nobody would see the end of it. */
export type HashLine = <T>(work: () => Promise<T>) => Promise<T | 'busy'>

const most = 32

/**
 * A line before a gate: each hash takes 19 MiB and a thread of Node's pool for tens of milliseconds, which strangers must not be able
 * to ask for without end.
 */
export const createHashLine = (gate: Gate): HashLine => {
  let under = 0
  return async (work) => {
    if (under >= most) return 'busy'
    under += 1
    try {
      return await gate.enter('operators', work)
    } finally {
      under -= 1
    }
  }
}
