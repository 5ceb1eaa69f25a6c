/** Tells the time; the only way any part of the program learns it. */
export interface Clock {
  /** The present moment in epoch milliseconds. */
  now(): number
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() }
