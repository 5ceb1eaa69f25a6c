import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { sendResetCode } from '../../flows/send-reset-code.ts'
import { publicRequest } from '../../flows/sign-in-request.ts'
import type { Operation } from '../operation.ts'

/** Sends a code with which a user sets a new password. */
export const forgotPassword: Operation<'ForgotPassword'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  await requireSecretHash(ctx, opened.client, [input.Username], input.SecretHash)
  const request = publicRequest(input)
  return { CodeDeliveryDetails: await sendResetCode(ctx, opened, { username: input.Username, request }) }
}
