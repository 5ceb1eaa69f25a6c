import { flushCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

/** ms after a start when all code that a start needs has run. */
const settledAfter = 1000

/**
 * To be called when a server has started. A second later it writes the compiled code down, which makes the next start faster and which a process
 * that is killed would never do; and lets the space of young objects grow no more: V8 would double it up to 64 MB under load, for no more
 * requests a second than the 16 MB do that a start leaves.
 */
export const settle = (): void => {
  setTimeout(() => {
    // First: compiled code is only taken by a process with the flags that it was written under.
    flushCompileCache()
    setFlagsFromString('--semi-space-growth-factor=1')
  }, settledAfter).unref()
}
