import { pagesVersion } from './pages-version.ts'
import { isCustomDomain } from './pool-domain.ts'
import { allowsPasskeys, isOriginOf, relyingPartyOf } from './relying-party.ts'
import type { PoolDomain, UserPool } from './user-pool.ts'

/** Where the pages are at a domain of the pool, or without one at the server's own address. */
const urlAt = ({ region }: UserPool, publicUrl: string, domain: PoolDomain | undefined): URL => {
  const url = new URL(publicUrl)
  if (domain === undefined) return url
  url.hostname = isCustomDomain(domain) ? domain.Domain : `${domain.Domain}.auth.${region}.${url.hostname}`
  return url
}

/** As browsers see it: a host of one label, such as localhost, is a relying party for itself alone (WebAuthn Level 3, 5.1.3 step 8). */
const mayUse = (relyingPartyId: string, { hostname, origin }: URL): boolean =>
  isOriginOf(relyingPartyId, origin) && (relyingPartyId === hostname || relyingPartyId.includes('.'))

/**
 * Whether the pages at a domain of the pool, or at the server's own address, use passkeys: managed login does (developer guide, "User pool
 * managed login"), where the pool allows them and they are made for the page's own host or one that it is below.
 */
export const pagesUsePasskeys = (pool: UserPool, publicUrl: string, domain?: PoolDomain): boolean => {
  const party = allowsPasskeys(pool) ? relyingPartyOf(pool, publicUrl) : undefined
  return party !== undefined && pagesVersion(pool, domain) === 2 && mayUse(party.id, urlAt(pool, publicUrl, domain))
}

/** Where pages of the pool use passkeys, without a trailing slash; undefined when nowhere. */
export const passkeyPagesUrl = (pool: UserPool, publicUrl: string): string | undefined => {
  const places = [...(pool.domains ?? []), undefined]
  const place = places.find((domain) => pagesUsePasskeys(pool, publicUrl, domain))
  const isSomewhere = place !== undefined || pagesUsePasskeys(pool, publicUrl)
  return isSomewhere ? urlAt(pool, publicUrl, place).href.replace(/\/+$/, '') : undefined
}
