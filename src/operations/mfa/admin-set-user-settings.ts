import { setMfaPreferences } from '../../flows/change-mfa.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { smsPreference } from './sms-preference.ts'

/** Switches a user's SMS MFA on or off; the older form of AdminSetUserMFAPreference. */
export const adminSetUserSettings: Operation<'AdminSetUserSettings'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  await setMfaPreferences(ctx, pool, () => requireUser(ctx, pool, input.Username), smsPreference(input.MFAOptions))
  return {}
}
