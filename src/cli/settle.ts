import { flushCompileCache } from 'node:module'
import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** ms after a start when all code that a start needs has run. */
const settledAfter = 1000

/** Bytes that the space of young objects may have: with half of it a refresh spends twice as long in collections (docs/decisions/0008). */
const mostYoung = 32 * 1024 * 1024

/** --heap-growing-percent: by so much of what was in use, roughly, old objects grow before V8 looks for those that can go. */
const oldGrowth = 30

const youngSize = (): number => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? mostYoung

/** Looks after each collection, because only collections change the size. V8 shrinks the space of an idle process; without growth it would stay small. */
const boundYoung = (): void => {
  let doubles: boolean | undefined
  const look = (): void => {
    const mayDouble = 2 * youngSize() <= mostYoung
    if (mayDouble === doubles) return
    doubles = mayDouble
    setFlagsFromString(`--semi-space-growth-factor=${mayDouble ? 2 : 1}`)
  }
  look()
  new PerformanceObserver(look).observe({ entryTypes: ['gc'] })
  // Whether other threads can grow theirs depends on this one, so those that start from now on get the 8 MB that they need at once (MB of half of it).
  setFlagsFromString('--min-semi-space-size=4')
}

/**
 * To be called when a server has started. A second later it writes the compiled code down, which makes the next start faster and which a process
 * that is killed would never do; and bounds the spaces of young and old objects: V8 would take twice as much of either under load, and more, for no
 * more requests a second.
 */
export const settle = (): void => {
  setTimeout(() => {
    // First: compiled code is only taken by a process with the flags that it was written under.
    flushCompileCache()
    boundYoung()
    setFlagsFromString(`--heap-growing-percent=${oldGrowth}`)
  }, settledAfter).unref()
}
