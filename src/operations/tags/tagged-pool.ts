import type { Context } from '../../context.ts'
import { parseUserPoolArn } from '../../domain/arn.ts'
import { CognitoError, invalidParameter } from '../../errors.ts'

/** The id of the pool that an ARN names; throws where the ARN is none of a pool in this region and account. */
export const taggedPoolId = (ctx: Context, resourceArn: string): string => {
  const parsed = parseUserPoolArn(resourceArn)
  if (parsed === undefined) throw invalidParameter(`Invalid ARN: ${resourceArn}`)
  if (parsed.region !== ctx.call.region || parsed.account !== ctx.policy.accountId) {
    throw new CognitoError('ResourceNotFoundException', `User pool ${parsed.poolId} does not exist.`)
  }
  return parsed.poolId
}
