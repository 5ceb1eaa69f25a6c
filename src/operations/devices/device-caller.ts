import type { Context } from '../../context.ts'
import { invalidAccessToken } from '../../errors.ts'
import { openAccessToken, type TokenCaller } from '../../flows/access-token.ts'
import { requireDeviceTracking } from '../../flows/devices.ts'

/** The caller of an access token in a pool that tracks devices; throws NotAuthorizedException or InvalidUserPoolConfigurationException. */
export const deviceCaller = async (ctx: Context, accessToken: string | undefined): Promise<TokenCaller> => {
  // The API calls the token optional here; there is no other way to say who calls.
  if (accessToken === undefined) throw invalidAccessToken()
  const caller = await openAccessToken(ctx, accessToken)
  requireDeviceTracking(caller.pool)
  return caller
}
