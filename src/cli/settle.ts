import { flushCompileCache } from 'node:module'
import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** ms after a start when all code that a start needs has run. */
const settledAfter = 1000

/** Bytes of the space of young objects; with twice as many collections take a little less time, and no request is faster. */
const enoughYoung = 32 * 1024 * 1024

/** By so many percent of what was in use may old objects grow before V8 looks for those that can go. */
const oldGrowth = 30

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
 * that is killed would never do; and lets the space of young objects grow only while it has less than 32 MB, and that of old ones by a third at a
 * time: V8 would take twice as much of either under load, for no more requests a second.
 */
export const settle = (): void => {
  setTimeout(() => {
    // First: compiled code is only taken by a process with the flags that it was written under.
    flushCompileCache()
    keepYoungSmall()
    setFlagsFromString(`--heap-growing-percent=${oldGrowth}`)
  }, settledAfter).unref()
}
