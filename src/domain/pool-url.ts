import { parseIpAddress } from './ip-address.ts'
import { domainNames } from './pool-domain.ts'
import type { UserPool } from './user-pool.ts'

const withHost = (publicUrl: URL, hostname: string): string => {
  const url = new URL(publicUrl)
  url.hostname = hostname
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
export const poolUrl = (publicUrl: string, pool: Pick<UserPool, 'domains' | 'region'>): string => {
  const url = new URL(publicUrl)
  const { Domain: prefix, CustomDomain: custom } = domainNames(pool)
  if (custom !== undefined) return withHost(url, custom)
  return prefix !== undefined && hasNamesBelow(url.hostname) ? withHost(url, `${prefix}.auth.${pool.region}.${url.hostname}`) : publicUrl
}
