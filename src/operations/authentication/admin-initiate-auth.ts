import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import { adminRequest } from '../../flows/sign-in-request.ts'
import type { Operation } from '../operation.ts'
import { initiate } from './initiate.ts'

/** Begins a sign-in on behalf of a user, or refreshes tokens, for a server with an access key. */
export const adminInitiateAuth: Operation<'AdminInitiateAuth'> = async (ctx, input) => {
  const opened = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  return initiate(ctx, opened, input, adminRequest(input))
}
