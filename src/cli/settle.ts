import { flushCompileCache } from 'node:module'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** ms after a start when all code that a start needs has run. */
const settledAfter = 1000

/** Bytes of the space of young objects with which a server is as fast as with any more. */
const enoughYoung = 8 * 1024 * 1024

const keepYoungSmall = (): void => {
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? enoughYoung
  if (young < enoughYoung) {
    setTimeout(keepYoungSmall, settledAfter).unref()
    return
  }
  setFlagsFromString('--semi-space-growth-factor=1')
  // Threads that start from now on can't grow theirs either, so they get as much at once (MB of half of it).
  setFlagsFromString('--min-semi-space-size=4')
}

/**
 * To be called when a server has started. A second later it writes the compiled code down, which makes the next start faster and which a process
 * that is killed would never do; and lets the space of young objects grow no more once it has 8 MB: V8 would double it up to 64 MB under load,
 * for no more requests a second.
 */
export const settle = (): void => {
  setTimeout(() => {
    // First: compiled code is only taken by a process with the flags that it was written under.
    flushCompileCache()
    keepYoungSmall()
  }, settledAfter).unref()
}
