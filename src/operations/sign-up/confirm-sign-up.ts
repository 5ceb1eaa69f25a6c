import { confirmByCode } from '../../flows/confirm-by-code.ts'
import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { publicRequest } from '../../flows/sign-in-request.ts'
import { autoSignInSession, openSignUpSession } from '../../flows/sign-up-session.ts'
import type { Operation } from '../operation.ts'

/** Confirms a sign-up with the code that was sent; the answer's Session may be used for automatic sign-in. */
export const confirmSignUp: Operation<'ConfirmSignUp'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  await requireSecretHash(ctx, opened.client, [input.Username], input.SecretHash)
  const { user, medium } = await confirmByCode(ctx, opened, {
    username: input.Username,
    code: input.ConfirmationCode,
    forceAliasCreation: input.ForceAliasCreation,
    signedUp: await openSignUpSession(ctx, opened, input.Session),
    request: publicRequest(input),
  })
  return { Session: await autoSignInSession(ctx, opened, user, medium) }
}
