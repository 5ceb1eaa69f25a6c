import { invalidParameter, poolNotFound } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Deletes a user pool with everything in it; a protected one, or one with a domain, is refused. */
export const deleteUserPool: Operation<'DeleteUserPool'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  if (pool.DeletionProtection === 'ACTIVE') {
    throw invalidParameter(
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    )
  }
  if (pool.Domain !== undefined || pool.CustomDomain !== undefined) {
    throw invalidParameter('User pool cannot be deleted. It has a domain configured that should be deleted first.')
  }
  if ((await ctx.store.pools.delete(ctx.by(), pool.uid)) === 'absent') throw poolNotFound(input.UserPoolId)
}
