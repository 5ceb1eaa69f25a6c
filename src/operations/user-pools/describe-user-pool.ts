import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedPool } from './described-pool.ts'

/** A user pool with all of its settings and about how many users it has. */
export const describeUserPool: Operation<'DescribeUserPool'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  return { UserPool: { ...describedPool(pool), EstimatedNumberOfUsers: await ctx.store.pools.estimateUsers(pool.uid) } }
}
