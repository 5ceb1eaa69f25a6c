import { openAccessToken } from '../../flows/access-token.ts'
import { setMfaPreferences } from '../../flows/change-mfa.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import type { Operation } from '../operation.ts'
import { smsPreference } from './sms-preference.ts'

/** Switches the caller's SMS MFA on or off; the older form of SetUserMFAPreference. */
export const setUserSettings: Operation<'SetUserSettings'> = async (request, input) => {
  const { ctx, pool, user } = await openAccessToken(request, input.AccessToken)
  await setMfaPreferences(ctx, pool, () => rereadCaller(ctx, user), smsPreference(input.MFAOptions))
  return {}
}
