import { changedIdFault, storedTags, tagsFault } from '../../domain/tags.ts'
import { invalidParameter } from '../../errors.ts'
import { amendPool } from '../../flows/change-pool.ts'
import type { Operation } from '../operation.ts'
import { taggedPoolId } from './tagged-pool.ts'

/** Puts tags on a user pool, over those with the same keys. */
export const tagResource: Operation<'TagResource'> = async (ctx, input) => {
  await amendPool(ctx, taggedPoolId(ctx, input.ResourceArn), (pool) => {
    const UserPoolTags = { ...pool.UserPoolTags, ...storedTags(input.Tags) }
    const fault = changedIdFault(pool, input.Tags) ?? tagsFault(UserPoolTags)
    if (fault !== undefined) throw invalidParameter(fault)
    return { ...pool, UserPoolTags }
  })
  return {}
}
