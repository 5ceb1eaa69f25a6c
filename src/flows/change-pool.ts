import type { Context } from '../context.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { concurrentModification } from '../errors.ts'
import { amendRecord } from './amend-record.ts'
import { openPool } from './open-pool.ts'

type Change = (pool: UserPool) => UserPool

const stamped = (ctx: Context, pool: UserPool): UserPool => ({ ...pool, LastModifiedDate: ctx.clock.now() })

/** Changes a pool as a whole; throws ConcurrentModificationException when another request changed it at the same time. */
export const replacePool = async (ctx: Context, poolId: string, change: Change): Promise<UserPool> => {
  const changed = stamped(ctx, change(await openPool(ctx, poolId)))
  if ((await ctx.store.pools.update(ctx.by(), changed)) === 'version conflict') throw concurrentModification()
  return changed
}

/** Changes one part of a pool, so that losing against a change of another part is no reason to refuse: reads again and retries. */
export const amendPool = (ctx: Context, poolId: string, change: Change): Promise<UserPool> =>
  amendRecord(
    () => openPool(ctx, poolId),
    (pool) => stamped(ctx, change(pool)),
    (pool) => ctx.store.pools.update(ctx.by(), pool),
  )
