import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { resetPassword } from '../../flows/reset-password.ts'
import { publicRequest } from '../../flows/sign-in-request.ts'
import type { Operation } from '../operation.ts'

/** Sets a new password with the code that ForgotPassword or AdminResetUserPassword sent, and ends every session of the user. */
export const confirmForgotPassword: Operation<'ConfirmForgotPassword'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  await requireSecretHash(ctx, opened.client, [input.Username], input.SecretHash)
  await resetPassword(ctx, opened, {
    username: input.Username,
    code: input.ConfirmationCode,
    password: input.Password,
    request: publicRequest(input),
  })
  return {}
}
