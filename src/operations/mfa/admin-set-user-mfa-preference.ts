import { setMfaPreferences } from '../../flows/change-mfa.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Sets which second factors a user uses, by the same rules as the user does. */
export const adminSetUserMFAPreference: Operation<'AdminSetUserMFAPreference'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  await setMfaPreferences(ctx, pool, () => requireUser(ctx, pool, input.Username), input)
  return {}
}
