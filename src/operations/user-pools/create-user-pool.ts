import type { Context } from '../../context.ts'
import { userPoolArn } from '../../domain/arn.ts'
import { newPoolId } from '../../domain/ids.ts'
import { poolsPerRegion } from '../../domain/quotas.ts'
import { chosenIdTag, chosenPoolId, chosenPoolIdFault, storedTags, tagsFault } from '../../domain/tags.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { newUserPoolSettings, userPoolFault, userPoolTierFault } from '../../domain/user-pool-config.ts'
import { CognitoError, invalidParameter, limitExceeded, notAuthorized } from '../../errors.ts'
import type { Operation } from '../operation.ts'
import { describedPool } from './described-pool.ts'

/** A random id, or the one that a tag asks for, where the caller may choose. */
const poolId = (ctx: Context, chosen: string | undefined): string => {
  const { region, mayChooseIds } = ctx.call
  if (chosen === undefined) return newPoolId(region, ctx.random.below)
  if (!mayChooseIds) throw notAuthorized('You are not permitted to choose the id of a user pool.')
  const id = chosenPoolId(region, chosen)
  const fault = chosenPoolIdFault(region, id)
  if (fault !== undefined) throw invalidParameter(fault)
  return id
}

/** Creates a user pool with every default filled in; its keys are made at first need. */
export const createUserPool: Operation<'CreateUserPool'> = async (ctx, input) => {
  const tier = userPoolTierFault(input)
  if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
  const fault = userPoolFault(input)
  if (fault !== undefined) throw invalidParameter(fault)
  const UserPoolTags = storedTags(input.UserPoolTags ?? {})
  const tagging = tagsFault(UserPoolTags)
  if (tagging !== undefined) throw new CognitoError('UserPoolTaggingException', tagging)
  const { region } = ctx.call
  const Id = poolId(ctx, input.UserPoolTags?.[chosenIdTag])
  const now = ctx.clock.now()
  const pool: UserPool = {
    ...newUserPoolSettings(input),
    UserPoolTags,
    Id,
    Arn: userPoolArn(region, ctx.policy.accountId, Id),
    CreationDate: now,
    LastModifiedDate: now,
    EstimatedNumberOfUsers: 0,
    uid: ctx.random.uuid(),
    region,
    version: 1,
    mfa: { smsEnabled: input.SmsConfiguration !== undefined },
  }
  const outcome = await ctx.store.pools.create(ctx.by(), pool, poolsPerRegion)
  if (outcome === 'id taken') throw invalidParameter(`A user pool with the id ${Id} already exists.`)
  if (outcome === 'too many') throw limitExceeded(`The region ${region} has ${poolsPerRegion} user pools already.`)
  return { UserPool: describedPool(pool) }
}
