import { parseIpAddress } from './ip-address.ts'
import { isCustomDomain } from './pool-domain.ts'
import type { PoolDomain, UserPool } from './user-pool.ts'

/** Where the pages are at a domain of a pool in the region, or without one at the server's own address; without a trailing slash. */
export const pagesUrl = (publicUrl: string, region: string, domain: PoolDomain | undefined): string => {
  if (domain === undefined) return publicUrl
  const url = new URL(publicUrl)
  url.hostname = isCustomDomain(domain) ? domain.Domain : `${domain.Domain}.auth.${region}.${url.hostname}`
  return url.href.replace(/\/+$/, '')
}

/** Whether names below the host are known to every program: not of an address, and below localhost to browsers alone. */
const hasNamesBelow = (hostname: string): boolean =>
  hostname !== 'localhost' && parseIpAddress(hostname.replace(/^\[|\]$/g, '')) === undefined

/**
 * Where the pages of a pool are, without a trailing slash: at its custom domain, else at `<prefix>.auth.<region>.<public host>`, with scheme,
 * port and path of the public URL. Pools without a domain, and prefixes on a server whose public host is localhost or an IP address, have
 * them at the public URL itself. Never made from a request.
 */
export const poolUrl = (publicUrl: string, { domains = [], region }: Pick<UserPool, 'domains' | 'region'>): string => {
  const prefix = hasNamesBelow(new URL(publicUrl).hostname) ? domains[0] : undefined
  return pagesUrl(publicUrl, region, domains.find(isCustomDomain) ?? prefix)
}
