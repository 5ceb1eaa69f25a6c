import { requireUser } from '../../flows/find-user.ts'
import { openGroup } from '../../flows/open-group.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Ends a user's membership of a group; who is no member stays none. */
export const adminRemoveUserFromGroup: Operation<'AdminRemoveUserFromGroup'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const user = await requireUser(ctx, pool, input.Username)
  await ctx.store.groups.removeMember(ctx.by(), await openGroup(ctx, pool, input.GroupName), user.id)
}
