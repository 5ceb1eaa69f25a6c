import { pagesVersion } from './pages-version.ts'
import { pagesUrl } from './pool-url.ts'
import { allowsPasskeys, isOriginOf, relyingPartyOf } from './relying-party.ts'
import type { PoolDomain, UserPool } from './user-pool.ts'

/** As browsers see it: a host of one label, such as localhost, is a relying party for itself alone (WebAuthn Level 3, 5.1.3 step 8). */
const mayUse = (relyingPartyId: string, { hostname, origin }: URL): boolean =>
  isOriginOf(relyingPartyId, origin) && (relyingPartyId === hostname || relyingPartyId.includes('.'))

/**
 * Whether the pages at a domain of the pool, or at the server's own address, use passkeys: managed login does (developer guide, "User pool
 * managed login"), where the pool allows them and they are made for the page's own host or one that it is below.
 */
export const pagesUsePasskeys = (pool: UserPool, publicUrl: string, domain?: PoolDomain): boolean => {
  const party = allowsPasskeys(pool) ? relyingPartyOf(pool, publicUrl) : undefined
  return party !== undefined && pagesVersion(pool, domain) === 2 && mayUse(party.id, new URL(pagesUrl(publicUrl, pool.region, domain)))
}

/** Where pages of the pool use passkeys, without a trailing slash; undefined when nowhere. */
export const passkeyPagesUrl = (pool: UserPool, publicUrl: string): string | undefined => {
  const places = [...(pool.domains ?? []), undefined]
  const place = places.find((domain) => pagesUsePasskeys(pool, publicUrl, domain))
  const isSomewhere = place !== undefined || pagesUsePasskeys(pool, publicUrl)
  return isSomewhere ? pagesUrl(publicUrl, pool.region, place) : undefined
}
