import { openPool } from '../../flows/open-pool.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { Operation } from '../operation.ts'

const pageSize = 60

/** The app clients of a pool by id and name, a page at a time; a page of one ClientType may have fewer than there is room for. */
export const listUserPoolClients: Operation<'ListUserPoolClients'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const type = input.ClientType ?? ''
  const page = await openPage(ctx, pool.uid, type, input.NextToken, input.MaxResults ?? pageSize)
  const found = await ctx.store.clients.list(pool.uid, page)
  const listed = found.rows.filter(({ ClientType }) => type === '' || (ClientType ?? 'REGULAR') === type)
  return {
    UserPoolClients: listed.map(({ ClientId, UserPoolId, ClientName }) => ({ ClientId, UserPoolId, ClientName })),
    NextToken: await sealPage(ctx, pool.uid, type, found),
  }
}
