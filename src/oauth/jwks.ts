import type { Services } from '../context.ts'

/** A pool's public signing keys as a JSON Web Key Set (RFC 7517 section 5). */
export interface Jwks {
  readonly keys: Awaited<ReturnType<Services['signingKeys']['published']>>
}

/** The keys that verify a pool's tokens: next, current and retired; undefined for an unknown pool. */
export const jwks = async (ctx: Pick<Services, 'store' | 'signingKeys'>, poolId: string): Promise<Jwks | undefined> => {
  const pool = await ctx.store.pools.byId(poolId)
  return pool && { keys: await ctx.signingKeys.published(pool.uid) }
}
