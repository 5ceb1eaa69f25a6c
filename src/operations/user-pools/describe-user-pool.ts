import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** A user pool with all of its settings and about how many users it has. */
export const describeUserPool: Operation<'DescribeUserPool'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  return { UserPool: { ...pool, EstimatedNumberOfUsers: await ctx.store.pools.estimateUsers(pool.uid) } }
}
