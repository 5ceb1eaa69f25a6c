import { poolSessionSettings, sessionTierFault } from '../../domain/session-settings.ts'
import { CognitoError } from '../../errors.ts'
import { replacePool } from '../../flows/change-pool.ts'
import type { Operation } from '../operation.ts'

/** Switches the list of sessions on or off; what is listed stays, and a lower MaxPerUser takes effect at a user's next sign-in. */
export const setUserPoolSessionConfiguration: Operation<'SetUserPoolSessionConfiguration'> = async (ctx, input) => {
  const { UserSessionTracking, TokenSession } = input
  const changed = await replacePool(ctx, input.UserPoolId, (pool) => {
    const tier = sessionTierFault(pool.UserPoolTier)
    if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
    return { ...pool, sessions: { UserSessionTracking, TokenSession } }
  })
  return { UserPoolId: changed.Id, ...poolSessionSettings(changed) }
}
