import { userPoolArn } from '../../domain/arn.ts'
import { newPoolId } from '../../domain/ids.ts'
import { poolsPerRegion } from '../../domain/quotas.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { newUserPoolSettings, userPoolFault, userPoolTierFault } from '../../domain/user-pool-config.ts'
import { CognitoError, invalidParameter, limitExceeded, notAuthorized } from '../../errors.ts'
import type { Operation } from '../operation.ts'

const chosenIdTag = '_custom_id_'

const fullId = (region: string, chosen: string): string => (chosen.includes('_') ? chosen : `${region}_${chosen}`)

/** Creates a user pool with every default filled in; its keys are made at first need. */
export const createUserPool: Operation<'CreateUserPool'> = async (ctx, input) => {
  const tier = userPoolTierFault(input)
  if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
  const fault = userPoolFault(input)
  if (fault !== undefined) throw invalidParameter(fault)
  const { [chosenIdTag]: chosen, ...tags } = input.UserPoolTags ?? {}
  if (chosen !== undefined && !ctx.call.mayChooseIds) throw notAuthorized('You are not permitted to choose the id of a user pool.')
  const { region } = ctx.call
  const Id = chosen === undefined ? newPoolId(region, ctx.random.below) : fullId(region, chosen)
  if (!Id.startsWith(`${region}_`) || !/^[\w-]+_[0-9a-zA-Z]+$/.test(Id)) {
    throw invalidParameter(`The id ${Id} is not of the form ${region}_ followed by letters and digits.`)
  }
  const now = ctx.clock.now()
  const pool: UserPool = {
    ...newUserPoolSettings(input),
    UserPoolTags: tags,
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
  return { UserPool: pool }
}
