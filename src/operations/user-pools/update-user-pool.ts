import { updatedUserPoolSettings, userPoolFault, userPoolTierFault } from '../../domain/user-pool-config.ts'
import { CognitoError, invalidParameter } from '../../errors.ts'
import { replacePool } from '../../flows/change-pool.ts'
import type { Operation } from '../operation.ts'

/** Replaces a pool's settings; what the request leaves out goes back to its default (API_UpdateUserPool). */
export const updateUserPool: Operation<'UpdateUserPool'> = async (ctx, input) => {
  await replacePool(ctx, input.UserPoolId, (pool) => {
    const tier = userPoolTierFault(input, pool)
    if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
    const fault = userPoolFault(input, pool)
    if (fault !== undefined) throw invalidParameter(fault)
    return { ...pool, ...updatedUserPoolSettings(pool, input) }
  })
  return {}
}
