import type { Clock } from '../clock.ts'
import { networkOf } from '../domain/network-of.ts'
import { arrive, arriveElsewhere, debtAmong, type RatePeers } from '../domain/rate.ts'
import {
  answersChallenge,
  challengeAnswerShare,
  keptPerNetwork,
  keptShare,
  limitedPerNetwork,
  limitedPerPool,
  type Rates,
  type RequestCategory,
  ratePerNetwork,
  ratePerPool,
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

/** Who asks, as far as rates go. */
export interface Caller {
  /** Signers have rates of their own: nobody without an access key uses them up. */
  readonly isSigner?: boolean
  /** Where the request came from. */
  readonly address?: string | undefined
}

/** The rates at which this server answers; each server counts for itself, and starts anew. */
export interface RequestRates {
  /** Takes one request of a category in a region, or from what is kept for the caller's network; answers the refusal when none is left. */
  take(category: RequestCategory, region: string, caller?: Caller): Throttle | undefined
  /** The same for a call of an operation and, where AWS limits that, from the operation's share for the pool. */
  takeFor(operation: OperationName, region: string, input: Readonly<Record<string, unknown>>, caller?: Caller): Throttle | undefined
  /** Takes one from what a user may do a second; false when none is left. */
  takeForUser(operation: OperationName, userId: string): boolean
  /** Takes one for a request to pages or OAuth endpoints: from its source at the domain, its app client and the domain, where these are known. */
  takeAtDomain(request: DomainRequest): Throttle | undefined
}

/** A request to pages or OAuth endpoints. */
export interface DomainRequest {
  /** The address that it came from. */
  readonly source: string
  /** The domain that it came to; undefined at the server's own address. */
  readonly domain: string | undefined
  /** The id of the app client that it names. */
  readonly client: string | undefined
}

interface Share {
  readonly key: string
  readonly perSecond: number
}

/** No share left: which one is refilled last, and in how many ms. */
interface Shortage {
  readonly at: number
  readonly wait: number
}

const fewest = 10_000

/** Arrival times by key. Whole shares are forgotten when the map grows: a second after its last request a key tells nothing. */
const createShares = (clock: Clock, peers?: RatePeers) => {
  const arrivals = new Map<string, number>()
  let sweepAt = fewest
  const debt = debtAmong(peers?.processes ?? 1)

  const sweep = (now: number): void => {
    for (const [key, arrival] of arrivals) if (arrival <= now) arrivals.delete(key)
    sweepAt = Math.max(fewest, arrivals.size * 2)
  }

  peers?.listen((taken) => {
    const now = clock.now()
    for (const { key, ...share } of taken) arrivals.set(key, arriveElsewhere(arrivals.get(key), now, share, debt))
    if (arrivals.size > sweepAt) sweep(now)
  })

  /** Takes one from each share, or from none where one of them has none left. */
  return (shares: readonly Share[]): Shortage | undefined => {
    const now = clock.now()
    const outcomes = shares.map(({ key, perSecond }) => arrive(arrivals.get(key), now, perSecond, debt))
    const waits = outcomes.map((outcome) => ('wait' in outcome ? outcome.wait : 0))
    const wait = Math.max(0, ...waits)
    if (wait > 0) return { at: waits.indexOf(wait), wait }
    for (const [index, outcome] of outcomes.entries()) {
      const share = shares[index]
      if (share === undefined || 'wait' in outcome) continue
      arrivals.set(share.key, outcome.next)
      peers?.tell(share)
    }
    if (arrivals.size > sweepAt) sweep(now)
    return undefined
  }
}

const poolOf = ({ UserPoolId, ResourceArn }: Readonly<Record<string, unknown>>): string | undefined =>
  [UserPoolId, ResourceArn].find((id) => typeof id === 'string')

/**
 * Keeps requests within rates, with `peers` together with other processes, except for what each process lets a single user do; a category
 * without a rate is not limited.
 */
export const createRequestRates = (rates: Rates, clock: Clock, peers?: RatePeers): RequestRates => {
  const takeFrom = createShares(clock, peers)
  // Telling every process of every user that is served would cost more than it keeps away.
  const takeFromUser = createShares(clock)

  const take = (category: RequestCategory, region: string, { isSigner, address }: Caller = {}, own: readonly Share[] = []) => {
    const perSecond = rates[category]
    if (perSecond === undefined) return undefined
    const key = `${region} ${category}`
    const more = limitedPerNetwork.has(category)
      ? [...own, { key: `${category} of ${networkOf(address) ?? 'nowhere'}`, perSecond: ratePerNetwork }]
      : own
    const shortage = takeFrom([{ key: isSigner ? `${key} of signers` : key, perSecond }, ...more])
    if (shortage === undefined) return undefined
    const network = networkOf(address)
    const keptRate = perSecond * keptShare
    const kept = [
      { key: `${key} kept`, perSecond: keptRate },
      { key: `${key} kept for ${network}`, perSecond: keptPerNetwork },
    ]
    // Of a rate so small that it keeps less than one request a second nothing is kept.
    const isRefused = isSigner || network === undefined || keptRate < 1 || takeFrom([...kept, ...more]) !== undefined
    return isRefused ? { category, wait: shortage.wait } : undefined
  }

  const hasAnswerLeft = (region: string): boolean => {
    const perSecond = (rates.UserAuthentication ?? 0) * challengeAnswerShare
    return perSecond > 0 && takeFrom([{ key: `${region} answers`, perSecond }]) === undefined
  }

  return {
    take: (category, region, caller) => take(category, region, caller),
    takeForUser: (operation, userId) =>
      Object.keys(rates).length === 0 ||
      takeFromUser([{ key: `${userId} ${readsOnly(operation) ? 'reads' : 'writes'}`, perSecond: ratePerUser }]) === undefined,
    takeFor: (operation, region, input, caller) => {
      const category = requestCategory(operation, input['ChallengeName'])
      if (category === undefined) return undefined
      if (category === 'UserAuthentication' && answersChallenge(operation) && hasAnswerLeft(region)) return undefined
      const pool = limitedPerPool.has(category) ? poolOf(input) : undefined
      return take(category, region, caller, pool === undefined ? [] : [{ key: `${region} ${operation} ${pool}`, perSecond: ratePerPool }])
    },
    takeAtDomain: ({ source, domain, client }) => {
      const place = domain ?? 'own address'
      const shares = [
        { category: 'RequestsFromSourceIp', key: `${source} at ${place}` },
        ...(client === undefined ? [] : [{ category: 'RequestsToAppClient', key: `${client} at ${place}` } as const]),
        ...(domain === undefined ? [] : [{ category: 'RequestsToDomain', key: `at ${domain}` } as const]),
      ] as const
      const limited = shares.flatMap(({ category, key }) => {
        const perSecond = rates[category]
        return perSecond === undefined ? [] : [{ category, key, perSecond }]
      })
      const shortage = takeFrom(limited)
      const category = shortage && limited[shortage.at]?.category
      return shortage && category && { category, wait: shortage.wait }
    },
  }
}
