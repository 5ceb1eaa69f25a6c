import { amendPool } from '../../flows/change-pool.ts'
import type { Operation } from '../operation.ts'
import { taggedPoolId } from './tagged-pool.ts'

/** Takes tags off a user pool; keys that it does not have change nothing. */
export const untagResource: Operation<'UntagResource'> = async (ctx, input) => {
  await amendPool(ctx, taggedPoolId(ctx, input.ResourceArn), (pool) => ({
    ...pool,
    UserPoolTags: Object.fromEntries(Object.entries(pool.UserPoolTags ?? {}).filter(([key]) => !input.TagKeys.includes(key))),
  }))
  return {}
}
