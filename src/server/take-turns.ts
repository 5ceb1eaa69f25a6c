import type { Clock } from '../clock.ts'

/** Begins a piece of work, now or when it is its turn. */
export type Begin = (work: () => void) => void

/** Put off to one turn at most: turns that find no time left for a task must not cost more, the more wait. A `slice` is over before so many. */
const mostInTurn = 256

/**
 * Keeps a burst of requests from holding the event loop: work begins at once until `slice` ms have passed since the first that began in this
 * turn of the loop, and what comes after that begins in its order in the next turns, as much as fits into as many ms of each.
 */
export const createTurns = (slice: number, clock: Clock, inNextTurn: (task: () => void) => unknown = setImmediate): Begin => {
  const waiting: (() => void)[] = []
  let began: number | undefined
  let isEnding = false

  const hasTime = (): boolean => {
    const now = clock.now()
    began ??= now
    return now - began <= slice
  }
  /** As a task of its own, so that what one piece goes on with is done before the next, and counts. */
  const beginNext = (): void => {
    if (hasTime()) waiting.shift()?.()
  }
  const endTurn = (): void => {
    began = undefined
    isEnding = false
    if (waiting.length === 0) return
    for (let left = Math.min(waiting.length, mostInTurn); left > 0; left--) inNextTurn(beginNext)
    endTurnSoon()
  }
  const endTurnSoon = (): void => {
    if (isEnding) return
    isEnding = true
    inNextTurn(endTurn)
  }

  return (work) => {
    endTurnSoon()
    if (waiting.length > 0 || !hasTime()) waiting.push(work)
    else work()
  }
}
