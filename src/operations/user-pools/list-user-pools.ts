import { serverUid } from '../../domain/server-uid.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { Operation } from '../operation.ts'

/** The user pools of the region, a page at a time. */
export const listUserPools: Operation<'ListUserPools'> = async (ctx, input) => {
  const { region } = ctx.call
  const page = await openPage(ctx, serverUid, region, input.NextToken, input.MaxResults)
  const found = await ctx.store.pools.list(region, page)
  return {
    UserPools: found.rows.map(({ Id, Name, LambdaConfig, LastModifiedDate, CreationDate }) => ({
      Id,
      Name,
      LambdaConfig,
      LastModifiedDate,
      CreationDate,
    })),
    NextToken: await sealPage(ctx, serverUid, region, found),
  }
}
