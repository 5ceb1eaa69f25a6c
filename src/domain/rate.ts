/** What one request comes to: the time until it may come again (ms), or the theoretical arrival time to remember for the next one. */
export type RateOutcome = { readonly wait: number } | { readonly next: number }

/** Absorbs what adding up fractions of a millisecond loses. */
const epsilon = 1e-6

/** The value of a Retry-After header for a request that may come again in `wait` ms: whole seconds, one at least (RFC 9110 section 10.2.3). */
export const retryAfter = (wait: number): string => String(Math.max(1, Math.ceil(wait / 1000)))

/**
 * Generic cell rate algorithm (ITU-T I.371): on average `perSecond` requests a second, and as many at once after a quiet second. Takes
 * and answers the theoretical arrival time (epoch ms, fractional), undefined before the first request.
 */
export const arrive = (arrival: number | undefined, now: number, perSecond: number): RateOutcome => {
  const interval = 1000 / perSecond
  const burst = 1000 - interval
  // Later than a full second from now it can't be unless the clock was put back.
  const due = arrival === undefined || arrival < now || arrival > now + 1000 + epsilon ? now : arrival
  const wait = due - now - burst
  return wait > epsilon ? { wait } : { next: due + interval }
}
