import { openClient } from '../../flows/open-client.ts'
import { publicRequest } from '../../flows/sign-in-request.ts'
import type { Operation } from '../operation.ts'
import { initiate } from './initiate.ts'

/** Begins a sign-in of a user, or refreshes tokens. */
export const initiateAuth: Operation<'InitiateAuth'> = async (ctx, input) =>
  initiate(ctx, await openClient(ctx, input.ClientId), input, publicRequest(input))
