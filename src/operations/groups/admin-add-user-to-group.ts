import { groupsPerUser } from '../../domain/quotas.ts'
import { invalidParameter } from '../../errors.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openGroup } from '../../flows/open-group.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Makes a user a member of a group; who is one already stays one. */
export const adminAddUserToGroup: Operation<'AdminAddUserToGroup'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const user = await requireUser(ctx, pool, input.Username)
  const group = await openGroup(ctx, pool, input.GroupName)
  const outcome = await ctx.store.groups.addMember(ctx.by(), group, user.id, groupsPerUser)
  // guess: one group too many for a user answers InvalidParameterException, because the operation lists no LimitExceededException.
  if (outcome === 'too many') throw invalidParameter(`A user can be a member of at most ${groupsPerUser} groups.`)
}
