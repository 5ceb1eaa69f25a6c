import type { Context } from '../../context.ts'
import type { PoolDomain, UserPool } from '../../domain/user-pool.ts'
import { concurrentModification } from '../../errors.ts'
import { amendRecord } from '../../flows/amend-record.ts'
import { openPool } from '../../flows/open-pool.ts'

/** A pool's new state, and the domain that makes the difference. */
interface DomainChange {
  readonly pool: UserPool
  readonly domain: PoolDomain
}

/**
 * Changes a pool's domains, saves both and answers the domain that makes the difference. Throws ConcurrentModificationException where
 * other requests keep changing the pool.
 */
export const changeDomains = async (
  ctx: Context,
  poolId: string,
  change: (pool: UserPool) => DomainChange,
  save: (change: DomainChange) => Promise<'created' | 'updated' | 'deleted' | 'version conflict'>,
): Promise<PoolDomain> => {
  const { domain } = await amendRecord(
    () => openPool(ctx, poolId),
    (present) => {
      const { pool, domain } = change(present)
      return { pool: { ...pool, LastModifiedDate: ctx.clock.now() }, domain }
    },
    save,
    concurrentModification,
  )
  return domain
}
