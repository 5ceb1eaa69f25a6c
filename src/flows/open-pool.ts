import type { Context } from '../context.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { poolNotFound } from '../errors.ts'

/** The user pool of that id in the region that the call goes to; throws ResourceNotFoundException. */
export const openPool = async (ctx: Context, poolId: string): Promise<UserPool> => {
  const pool = await ctx.store.pools.byId(poolId)
  if (pool === undefined || pool.region !== ctx.call.region) throw poolNotFound(poolId)
  return pool
}
