import { openAccessToken } from '../../flows/access-token.ts'
import { setMfaPreferences } from '../../flows/change-mfa.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import type { Operation } from '../operation.ts'

/** Sets which second factors the caller uses, and which one is asked for first. */
export const setUserMFAPreference: Operation<'SetUserMFAPreference'> = async (request, input) => {
  const { ctx, pool, user } = await openAccessToken(request, input.AccessToken)
  await setMfaPreferences(ctx, pool, () => rereadCaller(ctx, user), input)
  return {}
}
