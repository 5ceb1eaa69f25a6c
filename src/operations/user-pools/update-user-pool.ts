import { withKeptSettings } from '../../domain/kept-settings.ts'
import { emailMfaFault, mfaTierFault, smsEnabledAfterUpdate } from '../../domain/mfa-config.ts'
import { changedIdFault, storedTags, tagsFault } from '../../domain/tags.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { updatedUserPoolSettings, userPoolFault, userPoolTierFault } from '../../domain/user-pool-config.ts'
import { CognitoError, invalidParameter } from '../../errors.ts'
import { replacePool } from '../../flows/change-pool.ts'
import type { UpdateUserPoolRequest } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'

const requireSoundSettings = (pool: UserPool, input: UpdateUserPoolRequest): void => {
  const tier = userPoolTierFault(input, pool) ?? mfaTierFault(input.UserPoolTier ?? pool.UserPoolTier, pool.mfa)
  if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
  const usesEmailMfa = pool.mfa.EmailMfaConfiguration !== undefined && input.MfaConfiguration !== 'OFF'
  const fault = userPoolFault(input, pool) ?? (usesEmailMfa ? emailMfaFault(input) : undefined)
  if (fault !== undefined) throw invalidParameter(fault)
  const { UserPoolTags = {} } = input
  const tagging = changedIdFault(pool, UserPoolTags) ?? tagsFault(UserPoolTags)
  if (tagging !== undefined) throw new CognitoError('UserPoolTaggingException', tagging)
}

/** Replaces a pool's settings; most of what the request leaves out goes back to its default (API_UpdateUserPool, `withKeptSettings`). */
export const updateUserPool: Operation<'UpdateUserPool'> = async (ctx, input) => {
  await replacePool(ctx, input.UserPoolId, (pool) => {
    const whole = withKeptSettings(pool, input)
    requireSoundSettings(pool, whole)
    return {
      ...pool,
      ...updatedUserPoolSettings(pool, { ...whole, UserPoolTags: whole.UserPoolTags && storedTags(whole.UserPoolTags) }),
      mfa: { ...pool.mfa, smsEnabled: smsEnabledAfterUpdate(pool, whole) },
    }
  })
  return {}
}
