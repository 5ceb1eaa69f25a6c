import { flushCompileCache } from 'node:module'
import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** ms after a start when all code that a start needs has run. */
const settledAfter = 1000

/** Bytes of the space of young objects with which a server is as fast as with any more. */
const enoughYoung = 16 * 1024 * 1024

const youngSize = (): number => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? enoughYoung

const letYoungGrow = (grows: boolean): void => setFlagsFromString(`--semi-space-growth-factor=${grows ? 2 : 1}`)

/** After each collection, which alone changes it: in an idle process V8 makes the space small again, and what may not grow would stay so. */
const keepYoungSmall = (): void => {
  let grows: boolean | undefined
  const look = (): void => {
    const isSmall = youngSize() < enoughYoung
    if (isSmall === grows) return
    grows = isSmall
    letYoungGrow(grows)
  }
  look()
  new PerformanceObserver(look).observe({ entryTypes: ['gc'] })
  // Threads that start from now on may find that theirs can't grow, so they get the 8 MB that they need at once (MB of half of it).
  setFlagsFromString('--min-semi-space-size=4')
}

/**
 * To be called when a server has started. A second later it writes the compiled code down, which makes the next start faster and which a process
 * that is killed would never do; and lets the space of young objects grow only while it has less than 16 MB: V8 would double it up to 64 MB under
 * load, for no more requests a second.
 */
export const settle = (): void => {
  setTimeout(() => {
    // First: compiled code is only taken by a process with the flags that it was written under.
    flushCompileCache()
    keepYoungSmall()
  }, settledAfter).unref()
}
