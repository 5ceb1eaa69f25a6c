import type { Context } from '../../context.ts'
import { mayBeSetUp } from '../../domain/second-factor.ts'
import { withPendingToken } from '../../domain/user-mfa.ts'
import { CognitoError, invalidSession, notAuthorized } from '../../errors.ts'
import { changeMfa } from '../../flows/change-mfa.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import { sealSetUp } from '../../flows/set-up-session.ts'
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
  const { attempt, setUp } = by
  if (!mayBeSetUp(attempt.pool, attempt.user, attempt.progress, 'SOFTWARE_TOKEN_MFA')) throw invalidSession()
  const { secretCode, token } = await newSoftwareToken(request, attempt.user)
  return { SecretCode: secretCode, Session: await sealSetUp(request, attempt, { ...setUp, verified: undefined, pendingToken: token }) }
}
