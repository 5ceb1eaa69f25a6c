/** Tells the time; the only way any part of the program learns it. */
export interface Clock {
  /** The present moment in epoch milliseconds. */
  now(): number
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() }

/** Milliseconds, with fractions, since a moment that says nothing: for durations, because nobody can put it forward or back. */
export const monotonicClock: Clock = { now: () => performance.now() }

/** A clock that tests and the `dev` hook can move; it goes on ticking from wherever it was put. */
export interface AdjustableClock extends Clock {
  /** Puts the clock to a moment (epoch milliseconds). */
  set(at: number): void
  /** Moves it on by so many milliseconds. */
  advance(by: number): void
  /** Back to the clock underneath. */
  reset(): void
}

/** A clock over another one. */
export const createAdjustableClock = (under: Clock = systemClock): AdjustableClock => {
  let offset = 0
  return {
    now: () => under.now() + offset,
    set: (at) => {
      offset = at - under.now()
    },
    advance: (by) => {
      offset += by
    },
    reset: () => {
      offset = 0
    },
  }
}
