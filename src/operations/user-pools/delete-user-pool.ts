import type { UserPool } from '../../domain/user-pool.ts'
import { invalidParameter, poolNotFound, tooManyRequests } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

const requireDeletable = (pool: UserPool): void => {
  if (pool.DeletionProtection === 'ACTIVE') {
    throw invalidParameter(
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    )
  }
  if (pool.domains?.length) {
    throw invalidParameter('User pool cannot be deleted. It has a domain configured that should be deleted first.')
  }
}

const triesAtMost = 5

/** Deletes a user pool with everything in it; a protected one, or one with a domain, is refused, also when it became so just now. */
export const deleteUserPool: Operation<'DeleteUserPool'> = async (ctx, input) => {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const pool = await openPool(ctx, input.UserPoolId)
    requireDeletable(pool)
    const outcome = await ctx.store.pools.delete(ctx.by(), pool)
    if (outcome === 'deleted') return
    if (outcome === 'absent') throw poolNotFound(input.UserPoolId)
  }
  throw tooManyRequests()
}
