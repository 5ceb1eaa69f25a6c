import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { Operation } from '../operation.ts'

const pageSize = 60

/** The groups that a user is a member of, a page at a time. */
export const adminListGroupsForUser: Operation<'AdminListGroupsForUser'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const user = await requireUser(ctx, pool, input.Username)
  const page = await openPage(ctx, pool.uid, user.id, input.NextToken, input.Limit || pageSize)
  const found = await ctx.store.groups.ofUser(pool.uid, user.id, page)
  return { Groups: found.rows, NextToken: await sealPage(ctx, pool.uid, user.id, found) }
}
