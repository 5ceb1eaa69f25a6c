import { openClient } from '../../flows/open-client.ts'
import { publicRequest } from '../../flows/sign-in-request.ts'
import type { Operation } from '../operation.ts'
import { respond } from './respond.ts'

/** Answers the challenge of a sign-in that is under way. */
export const respondToAuthChallenge: Operation<'RespondToAuthChallenge'> = async (ctx, input) =>
  respond(ctx, await openClient(ctx, input.ClientId), input, publicRequest(input))
