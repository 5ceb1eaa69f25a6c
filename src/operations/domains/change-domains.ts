import type { Context } from '../../context.ts'
import type { PoolDomain, UserPool } from '../../domain/user-pool.ts'
import { concurrentModification } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'

/** A pool's new state, and the domain that makes the difference. */
interface DomainChange {
  readonly pool: UserPool
  readonly domain: PoolDomain
}

const triesAtMost = 5

/**
 * Reads a pool, changes its domains, saves both and answers the domain with the outcome; reads again while other requests change the
 * pool. Throws ConcurrentModificationException after five tries.
 */
export const changeDomains = async <O extends string>(
  ctx: Context,
  poolId: string,
  change: (pool: UserPool) => DomainChange,
  save: (change: DomainChange) => Promise<O | 'version conflict'>,
): Promise<{ readonly domain: PoolDomain; readonly outcome: O }> => {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const { pool, domain } = change(await openPool(ctx, poolId))
    const outcome = await save({ pool: { ...pool, LastModifiedDate: ctx.clock.now() }, domain })
    if (outcome !== 'version conflict') return { domain, outcome: outcome as O }
  }
  throw concurrentModification()
}
