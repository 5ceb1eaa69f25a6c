import { openPool } from '../../flows/open-pool.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { Operation } from '../operation.ts'

const pageSize = 60

/** The groups of a pool, a page at a time. */
export const listGroups: Operation<'ListGroups'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const page = await openPage(ctx, pool.uid, '', input.NextToken, input.Limit || pageSize)
  const found = await ctx.store.groups.list(pool.uid, page)
  return { Groups: found.rows, NextToken: await sealPage(ctx, pool.uid, '', found) }
}
