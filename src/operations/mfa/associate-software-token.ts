import type { Context } from '../../context.ts'
import { withPendingToken } from '../../domain/user-mfa.ts'
import { CognitoError, notAuthorized } from '../../errors.ts'
import { changeMfa } from '../../flows/change-mfa.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import { beginTokenSetUp } from '../../flows/set-up-software-token.ts'
import { newSoftwareToken } from '../../flows/software-tokens.ts'
import type { AssociateSoftwareTokenRequest } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'
import { openTokenHolder, type TokenHolder } from './token-holder.ts'

const aboutUsers: readonly string[] = ['UserNotFoundException', 'UserNotConfirmedException', 'PasswordResetRequiredException']

/** guess: what a user's state forbids, AssociateSoftwareToken answers as NotAuthorizedException, because it lists nothing closer. */
const holder = async (ctx: Context, input: AssociateSoftwareTokenRequest): Promise<TokenHolder> => {
  try {
    return await openTokenHolder(ctx, input)
  } catch (error) {
    throw error instanceof CognitoError && aboutUsers.includes(error.code) ? notAuthorized(error.message) : error
  }
}

/**
 * Hands out a new shared secret for an authenticator app; it counts from its first right code on, and an earlier token works until then. In the
 * middle of a sign-in the new session alone keeps it.
 */
export const associateSoftwareToken: Operation<'AssociateSoftwareToken'> = async (request, input) => {
  const by = await holder(request, input)
  if (by.by === 'access token') {
    const { ctx, user } = by
    const { secretCode, token } = await newSoftwareToken(ctx, user)
    await changeMfa(
      ctx,
      () => rereadCaller(ctx, user),
      (now) => withPendingToken(now, token),
    )
    return { SecretCode: secretCode }
  }
  const { secretCode, session } = await beginTokenSetUp(request, by)
  return { SecretCode: secretCode, Session: session }
}
