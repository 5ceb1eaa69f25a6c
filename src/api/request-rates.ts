import type { Clock } from '../clock.ts'
import { arrive } from '../domain/rate.ts'
import {
  answersChallenge,
  challengeAnswerShare,
  limitedPerPool,
  type Rates,
  type RequestCategory,
  ratePerPool,
  ratePerSource,
  ratePerUser,
  readsOnly,
  requestCategory,
} from '../domain/request-categories.ts'
import type { OperationName } from '../model/types.gen.ts'

/** A refusal: whose rate is used up, and in how many ms a request may come again. */
export interface Throttle {
  readonly category: RequestCategory
  readonly wait: number
}

/** The rates at which this process answers; each process counts for itself, and starts anew. */
export interface RequestRates {
  /** Takes one request of a category in a region and, where a source is named, from its own share; answers the refusal when none is left. */
  take(category: RequestCategory, region: string, source?: string): Throttle | undefined
  /** Takes one for a call: from its category in the region and, where AWS limits that, from the operation's share for the pool. */
  takeFor(operation: OperationName, region: string, input: Readonly<Record<string, unknown>>): Throttle | undefined
  /** Takes one from what a user may do a second; false when none is left. */
  takeForUser(operation: OperationName, userId: string): boolean
}

interface Share {
  readonly key: string
  readonly perSecond: number
}

const fewest = 10_000

/** Arrival times by key. Whole shares are forgotten when the map grows: a second after its last request a key tells nothing. */
const createShares = (clock: Clock) => {
  const arrivals = new Map<string, number>()
  let sweepAt = fewest

  const sweep = (now: number): void => {
    for (const [key, arrival] of arrivals) if (arrival <= now) arrivals.delete(key)
    sweepAt = Math.max(fewest, arrivals.size * 2)
  }

  /** Takes one from each share, or from none: then it answers the ms until all of them have one. */
  return (shares: readonly Share[]): number => {
    const now = clock.now()
    const outcomes = shares.map(({ key, perSecond }) => arrive(arrivals.get(key), now, perSecond))
    const wait = Math.max(0, ...outcomes.map((outcome) => ('wait' in outcome ? outcome.wait : 0)))
    if (wait > 0) return wait
    for (const [index, outcome] of outcomes.entries()) {
      const key = shares[index]?.key
      if (key !== undefined && 'next' in outcome) arrivals.set(key, outcome.next)
    }
    if (arrivals.size > sweepAt) sweep(now)
    return 0
  }
}

const poolOf = ({ UserPoolId, ResourceArn }: Readonly<Record<string, unknown>>): string | undefined =>
  [UserPoolId, ResourceArn].find((id) => typeof id === 'string')

/** Keeps requests within rates; a category without one is not limited. */
export const createRequestRates = (rates: Rates, clock: Clock): RequestRates => {
  const takeFrom = createShares(clock)

  const take = (category: RequestCategory, region: string, ...more: readonly Share[]): Throttle | undefined => {
    const perSecond = rates[category]
    if (perSecond === undefined) return undefined
    const wait = takeFrom([{ key: `${region} ${category}`, perSecond }, ...more])
    return wait > 0 ? { category, wait } : undefined
  }

  const hasAnswerLeft = (region: string): boolean => {
    const perSecond = (rates.UserAuthentication ?? 0) * challengeAnswerShare
    return perSecond > 0 && takeFrom([{ key: `${region} answers`, perSecond }]) === 0
  }

  return {
    take: (category, region, source) =>
      take(category, region, ...(source === undefined ? [] : [{ key: `${category} of ${source}`, perSecond: ratePerSource }])),
    takeForUser: (operation, userId) =>
      Object.keys(rates).length === 0 ||
      takeFrom([{ key: `${userId} ${readsOnly(operation) ? 'reads' : 'writes'}`, perSecond: ratePerUser }]) === 0,
    takeFor: (operation, region, input) => {
      const category = requestCategory(operation, input['ChallengeName'])
      if (category === undefined) return undefined
      if (category === 'UserAuthentication' && answersChallenge(operation) && hasAnswerLeft(region)) return undefined
      const pool = limitedPerPool.has(category) ? poolOf(input) : undefined
      return pool === undefined
        ? take(category, region)
        : take(category, region, { key: `${region} ${operation} ${pool}`, perSecond: ratePerPool })
    },
  }
}
