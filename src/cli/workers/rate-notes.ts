import type { RatePeers, Taken } from '../../domain/rate.ts'

/** The other workers, as this one's rates see them. */
export interface RateNotes extends RatePeers {
  /** What was let through here since the last time. */
  take(): readonly Taken[]
  /** Passes on what others let through. */
  hear(taken: readonly Taken[]): void
}

/** Adds up by share what one of so many processes lets through, until `take` hands it on. */
export const createRateNotes = (processes: number): RateNotes => {
  let notes = new Map<string, { readonly perSecond: number; times: number }>()
  const listeners: ((taken: readonly Taken[]) => void)[] = []
  return {
    processes,
    tell: ({ key, perSecond }) => {
      const note = notes.get(key)
      if (note === undefined) notes.set(key, { perSecond, times: 1 })
      else note.times += 1
    },
    listen: (hear) => {
      listeners.push(hear)
    },
    hear: (taken) => {
      for (const hear of listeners) hear(taken)
    },
    take: () => {
      const taken = [...notes].map(([key, note]) => ({ key, ...note }))
      notes = new Map()
      return taken
    },
  }
}
