import type { Context } from '../context.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { concurrentModification, tooManyRequests } from '../errors.ts'
import { openPool } from './open-pool.ts'

/** Replaces a pool's settings by what `change` makes of them; answers the stored pool, or undefined when somebody was quicker. */
const tryChange = async (ctx: Context, poolId: string, change: (pool: UserPool) => UserPool): Promise<UserPool | undefined> => {
  const pool = await openPool(ctx, poolId)
  const changed = { ...change(pool), LastModifiedDate: ctx.clock.now() }
  if ((await ctx.store.pools.update(ctx.by(), changed)) === 'version conflict') return undefined
  return { ...changed, version: pool.version + 1 }
}

/** Changes a pool as a whole; throws ConcurrentModificationException when another request changed it at the same time. */
export const replacePool = async (ctx: Context, poolId: string, change: (pool: UserPool) => UserPool): Promise<UserPool> => {
  const changed = await tryChange(ctx, poolId, change)
  if (changed === undefined) throw concurrentModification()
  return changed
}

const triesAtMost = 5

/** Changes one part of a pool, so that losing against a change of another part is no reason to refuse: reads again and retries. */
export const amendPool = async (ctx: Context, poolId: string, change: (pool: UserPool) => UserPool): Promise<UserPool> => {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const changed = await tryChange(ctx, poolId, change)
    if (changed !== undefined) return changed
  }
  throw tooManyRequests()
}
