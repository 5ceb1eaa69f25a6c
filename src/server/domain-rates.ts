import type { RequestRates } from '../api/request-rates.ts'
import type { Services } from '../context.ts'
import { isClientId } from '../domain/client-id.ts'
import { networkOf } from '../domain/network-of.ts'
import type { RequestCategory } from '../domain/request-categories.ts'
import type { OpenedDomain } from '../flows/open-host.ts'

/** What of a request to pages or OAuth endpoints its rates depend on. */
export interface LimitedRequest {
  readonly ip: string | undefined
  readonly domain: OpenedDomain | undefined
  /** As the request names it, whether or not there is one. */
  readonly clientId?: string | undefined
}

/** Takes requests from rates, and counts what they refuse; each answers the ms until a request may come again, undefined where it may go on. */
export interface DomainRates {
  /** For every request to pages or OAuth endpoints. */
  readonly takeRequest: (request: LimitedRequest) => number | undefined
  /** For what a category counts, from the address. */
  readonly take: (category: RequestCategory, region: string, ip: string | undefined) => number | undefined
}

/** Whoever has an IPv6 address has very many of them. */
const sourceOf = (ip: string | undefined): string => (ip?.includes(':') ? networkOf(ip) : ip) ?? 'unknown'

/**
 * The rates of pages and OAuth endpoints (quotas page, "Bulk request-rate limits for user pool domains").
 * guess: the server's own address has no rate for all of its requests, only for each source and each app client.
 */
export const createDomainRates = ({ meter }: Pick<Services, 'meter'>, rates: RequestRates | undefined): DomainRates => {
  const counted = (throttle: ReturnType<RequestRates['take']>): number | undefined => {
    if (throttle !== undefined) meter.count('throttles', { category: throttle.category })
    return throttle?.wait
  }
  return {
    takeRequest: ({ ip, domain, clientId }) => {
      const client = clientId !== undefined && isClientId(clientId) ? clientId : undefined
      return counted(rates?.takeAtDomain({ source: sourceOf(ip), domain: domain?.domain.uid, client }))
    },
    take: (category, region, ip) => counted(rates?.take(category, region, { address: ip })),
  }
}
