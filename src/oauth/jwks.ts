import type { Services } from '../context.ts'
import type { PublicJwk } from '../keys/keyring.ts'

/** A pool's public signing keys (RFC 7517); undefined for an unknown pool. */
export const jwks = async (
  ctx: Pick<Services, 'store' | 'signingKeys'>,
  poolId: string,
): Promise<{ readonly keys: readonly PublicJwk[] } | undefined> => {
  const pool = await ctx.store.pools.byId(poolId)
  return pool && { keys: await ctx.signingKeys.published(pool.uid) }
}
