import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import { adminRequest } from '../../flows/sign-in-request.ts'
import type { Operation } from '../operation.ts'
import { respond } from './respond.ts'

/** Answers the challenge of a sign-in that is under way, for a server with an access key. */
export const adminRespondToAuthChallenge: Operation<'AdminRespondToAuthChallenge'> = async (ctx, input) =>
  respond(ctx, await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId), input, adminRequest(input))
