// Preloaded into a server (`node --import`): how long its event loop went without a turn, asked for over the channel to its parent.
import { isMainThread } from 'node:worker_threads'

/** The longest that the event loop went without a turn since the last question, in milliseconds. */
export interface LoopWatch {
  /** By the clock: also while other threads and programs had the cores. */
  readonly waited: number
  /** Of CPU time of the loop's own thread: what it did before it took the next event. */
  readonly worked: number
}

/** What the parent sends to ask. */
export const loopQuestion = 'loop watch'

const everyMs = 5

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
    longest = { waited: Math.max(longest.waited, time - before - everyMs), worked: Math.max(longest.worked, work - done) }
  }, everyMs).unref()
  process.on('message', (message) => {
    if (message !== loopQuestion) return
    process.send?.(longest)
    longest = { waited: 0, worked: 0 }
  })
  // The server ends as it would without being watched.
  process.channel?.unref()
}
