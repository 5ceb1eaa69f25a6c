import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { taggedPoolId } from './tagged-pool.ts'

/** The tags of a user pool. */
export const listTagsForResource: Operation<'ListTagsForResource'> = async (ctx, input) => {
  const pool = await openPool(ctx, taggedPoolId(ctx, input.ResourceArn))
  return { Tags: pool.UserPoolTags ?? {} }
}
