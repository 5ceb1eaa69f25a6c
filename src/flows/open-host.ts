import type { Services } from '../context.ts'
import { hostNameOf, readHostName } from '../domain/host-domain.ts'
import { isCustomDomain } from '../domain/pool-domain.ts'
import type { PoolDomain, UserPool } from '../domain/user-pool.ts'

/** A domain of a pool that a request came to. */
export interface OpenedDomain {
  readonly domain: PoolDomain
  readonly pool: UserPool
}

/**
 * The registered domain that a Host header names; undefined for the server's own name and for names that nobody registered, which answer
 * like the server's own. A prefix is good in the region of its pool alone.
 */
export const openHost = async (
  { store, policy }: Pick<Services, 'store' | 'policy'>,
  host: string | undefined,
): Promise<OpenedDomain | undefined> => {
  const named = readHostName(hostNameOf(host), new URL(policy.publicUrl).hostname)
  if (named.kind === 'server') return undefined
  const found = await store.domains.byName(named.kind === 'prefix' ? named.prefix : named.name)
  if (found === undefined || isCustomDomain(found.domain) !== (named.kind === 'custom')) return undefined
  return named.kind === 'prefix' && found.pool.region !== named.region ? undefined : found
}

/** Whether a host may answer for the pool: a registered domain does for its own pool alone, the server's own name for any. */
export const answersFor = async (ctx: Pick<Services, 'store' | 'policy'>, host: string | undefined, pool: UserPool): Promise<boolean> => {
  const domain = await openHost(ctx, host)
  return domain === undefined || domain.pool.uid === pool.uid
}
