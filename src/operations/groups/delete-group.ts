import { groupNotFound } from '../../errors.ts'
import { openGroup } from '../../flows/open-group.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Deletes a group; its members stay users. */
export const deleteGroup: Operation<'DeleteGroup'> = async (ctx, input) => {
  const group = await openGroup(ctx, await openPool(ctx, input.UserPoolId), input.GroupName)
  if ((await ctx.store.groups.delete(ctx.by(), group)) === 'absent') throw groupNotFound()
}
