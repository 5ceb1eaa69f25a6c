import { openGroup } from '../../flows/open-group.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** A group. */
export const getGroup: Operation<'GetGroup'> = async (ctx, input) => ({
  Group: await openGroup(ctx, await openPool(ctx, input.UserPoolId), input.GroupName),
})
