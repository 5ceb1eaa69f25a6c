import type { Clock } from '../clock.ts'
import { epochSeconds } from '../domain/epoch-seconds.ts'

/** Tells the clock's time as a `date` header has it (RFC 9110 section 5.6.7), written anew once a second. */
export const createHttpDate = (clock: Clock): (() => string) => {
  let second = Number.NaN
  let text = ''
  return () => {
    const now = epochSeconds(clock.now())
    if (now !== second) {
      second = now
      text = new Date(now * 1000).toUTCString()
    }
    return text
  }
}
