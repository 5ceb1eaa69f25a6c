/** What one request comes to: the time until it may come again (ms), or the theoretical arrival time to remember for the next one. */
export type RateOutcome = { readonly wait: number } | { readonly next: number }

/** So many requests of a share that were let through. */
export interface Taken {
  readonly key: string
  readonly perSecond: number
  readonly times: number
}

/** The other processes of a machine, which count together with this one. */
export interface RatePeers {
  /** How many processes there are with this one. */
  readonly processes: number
  /** Notes one request that was let through here. */
  tell(share: Omit<Taken, 'times'>): void
  /** Says who wants to know of what was let through elsewhere. */
  listen(hear: (taken: readonly Taken[]) => void): void
}

/** Absorbs what adding up fractions of a millisecond loses. */
const epsilon = 1e-6

/** The value of a Retry-After header for a request that may come again in `wait` ms: whole seconds, one at least (RFC 9110 section 10.2.3). */
export const retryAfter = (wait: number): string => String(Math.max(1, Math.ceil(wait / 1000)))

/**
 * How much of what others let through is held against later requests (ms at the rate): a full second of each process, because so much
 * passes before they hear of each other.
 */
export const debtAmong = (processes: number): number => (processes > 1 ? 1000 * processes : 0)

/** How far ahead the theoretical arrival time may be (ms): a full second, or one request where there are fewer than one a second, and the debt. */
const furthest = (perSecond: number, debt: number): number => Math.max(1000, 1000 / perSecond) + debt

const dueAt = (arrival: number | undefined, now: number, most: number): number =>
  // Further ahead it can't be unless the clock was put back.
  arrival === undefined || arrival < now || arrival > now + most + epsilon ? now : arrival

/**
 * Generic cell rate algorithm (ITU-T I.371): on average `perSecond` requests a second, and as many at once after a quiet second, one at
 * least. Takes
 * and answers the theoretical arrival time (epoch ms, fractional), undefined before the first request; `debt` is `debtAmong` the
 * processes that let requests through as well.
 */
export const arrive = (arrival: number | undefined, now: number, perSecond: number, debt = 0): RateOutcome => {
  const interval = 1000 / perSecond
  const burst = Math.max(0, 1000 - interval)
  const due = dueAt(arrival, now, furthest(perSecond, debt))
  const wait = due - now - burst
  return wait > epsilon ? { wait } : { next: due + interval }
}

/** The theoretical arrival time after requests that others let through: they count in full, although nobody was asked here. */
export const arriveElsewhere = (
  arrival: number | undefined,
  now: number,
  { perSecond, times }: Omit<Taken, 'key'>,
  debt: number,
): number => {
  const most = furthest(perSecond, debt)
  return Math.min(dueAt(arrival, now, most) + (times * 1000) / perSecond, now + most)
}
