import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { resendConfirmation } from '../../flows/resend-confirmation.ts'
import { publicRequest } from '../../flows/sign-in-request.ts'
import type { Operation } from '../operation.ts'

/** Sends a new confirmation code; the one before is void. */
export const resendConfirmationCode: Operation<'ResendConfirmationCode'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  await requireSecretHash(ctx, opened.client, [input.Username], input.SecretHash)
  const request = publicRequest(input)
  return { CodeDeliveryDetails: await resendConfirmation(ctx, opened, { username: input.Username, request }) }
}
