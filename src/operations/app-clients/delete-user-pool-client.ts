import { clientNotFound } from '../../errors.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Deletes an app client; its tokens can't be refreshed any more. */
export const deleteUserPoolClient: Operation<'DeleteUserPoolClient'> = async (ctx, input) => {
  const { client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  if ((await ctx.store.clients.delete(ctx.by(), client)) === 'absent') throw clientNotFound(input.ClientId)
}
