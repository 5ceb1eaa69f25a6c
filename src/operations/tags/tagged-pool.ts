import type { Context } from '../../context.ts'
import { parseUserPoolArn } from '../../domain/arn.ts'
import { invalidParameter, poolNotFound } from '../../errors.ts'

/** The id of the pool that an ARN names; throws where the ARN is none of a pool in this region and account. */
export const taggedPoolId = (ctx: Context, resourceArn: string): string => {
  const parsed = parseUserPoolArn(resourceArn)
  if (parsed === undefined) throw invalidParameter(`Invalid ARN: ${resourceArn}`)
  if (parsed.region !== ctx.call.region || parsed.account !== ctx.policy.accountId) {
    throw poolNotFound(parsed.poolId)
  }
  return parsed.poolId
}
