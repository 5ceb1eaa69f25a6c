import { openPool } from '../../flows/open-pool.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { Operation } from '../operation.ts'

const pageSize = 50

/** The resource servers of a pool with their scopes, a page at a time. */
export const listResourceServers: Operation<'ListResourceServers'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const page = await openPage(ctx, pool.uid, '', input.NextToken, input.MaxResults ?? pageSize)
  const found = await ctx.store.resourceServers.list(pool.uid, page)
  return { ResourceServers: found.rows, NextToken: await sealPage(ctx, pool.uid, '', found) }
}
