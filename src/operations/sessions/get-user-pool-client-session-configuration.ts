import { clientSessionSettings } from '../../domain/session-settings.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** How long the app client signs people in silently who have signed in to the pool's pages. */
export const getUserPoolClientSessionConfiguration: Operation<'GetUserPoolClientSessionConfiguration'> = async (ctx, input) => {
  const { pool, client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  return { UserPoolId: pool.Id, ClientId: client.ClientId, SSOSession: clientSessionSettings(client) }
}
