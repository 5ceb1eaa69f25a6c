import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'

/** Signs a user out everywhere. */
export const adminUserGlobalSignOut: Operation<'AdminUserGlobalSignOut'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  await signOutEverywhere(ctx, () => requireUser(ctx, pool, input.Username))
  return {}
}
