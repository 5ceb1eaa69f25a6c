import type { UserPoolType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { type PoolChanges, poolUpdate } from './pool-update.ts'

/** Changes some members of a pool as it is now, not as it was when the page was opened. Throws ApiError. */
export const updatePool = async (UserPoolId: string, changesOf: (pool: UserPoolType) => PoolChanges): Promise<void> => {
  const { UserPool: pool } = await call('DescribeUserPool', { UserPoolId })
  if (pool !== undefined) await call('UpdateUserPool', poolUpdate(pool, changesOf(pool)))
}
