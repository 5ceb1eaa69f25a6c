import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedAuthFactors } from './described-auth-factors.ts'

/** What a user can sign in with. */
export const adminGetUserAuthFactors: Operation<'AdminGetUserAuthFactors'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  return describedAuthFactors(ctx, pool, await requireUser(ctx, pool, input.Username))
}
