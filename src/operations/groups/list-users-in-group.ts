import { listedUser } from '../../flows/listed-user.ts'
import { openGroup } from '../../flows/open-group.ts'
import { openPool } from '../../flows/open-pool.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { Operation } from '../operation.ts'

const pageSize = 60

/** The members of a group, a page at a time. */
export const listUsersInGroup: Operation<'ListUsersInGroup'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const group = await openGroup(ctx, pool, input.GroupName)
  const page = await openPage(ctx, pool.uid, group.uid, input.NextToken, input.Limit || pageSize)
  const found = await ctx.store.groups.members(group, page)
  return { Users: found.rows.map((user) => listedUser(user)), NextToken: await sealPage(ctx, pool.uid, group.uid, found) }
}
