import type { Clock } from '../clock.ts'

/** Begins a piece of work, now or as soon as it is its turn. */
export type Begin = (work: () => void) => void

/**
 * Keeps a burst of requests from holding the event loop: work begins at once until `slice` ms of the loop's turn are over, and what comes
 * after that begins in its order, one piece in each of the next turns, between the answers of what began before.
 */
export const createTurns = (slice: number, clock: Clock): Begin => {
  const waiting: (() => void)[] = []
  let began: number | undefined

  const endTurn = (): void => {
    began = undefined
    const work = waiting.shift()
    if (work === undefined) return
    startTurn()
    work()
  }
  const startTurn = (): number => {
    setImmediate(endTurn)
    began = clock.now()
    return began
  }

  return (work) => {
    if (waiting.length > 0 || clock.now() - (began ?? startTurn()) > slice) waiting.push(work)
    else work()
  }
}
