// Preloaded into a server (`node --import`): how long its event loop went without a turn, asked for over the channel to its parent.
import { isMainThread } from 'node:worker_threads'

/** The longest that the event loop went without a turn since the last question, in milliseconds. */
export interface LoopWatch {
  /** By the clock: also while other threads and programs had the cores. */
  readonly waited: number
  /** Of that, what the loop's own thread worked: no more than its CPU time, which the system counts in ticks of a few ms. */
  readonly worked: number
}

/** What the parent sends to ask. */
export const loopQuestion = 'loop watch'

const everyMs = 1

if (isMainThread && process.send !== undefined) {
  const threadMs = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let longest: LoopWatch = { waited: 0, worked: 0 }
  let [time, work] = [performance.now(), threadMs()]
  setInterval(() => {
    const [before, done] = [time, work]
    time = performance.now()
    work = threadMs()
    const waited = time - before - everyMs
    longest = { waited: Math.max(longest.waited, waited), worked: Math.max(longest.worked, Math.min(waited, work - done)) }
  }, everyMs).unref()
  process.on('message', (message) => {
    if (message !== loopQuestion) return
    process.send?.(longest)
    longest = { waited: 0, worked: 0 }
  })
  // The server ends as it would without being watched.
  process.channel?.unref()
}
