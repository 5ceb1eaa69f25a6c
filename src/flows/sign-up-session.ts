import type { Context } from '../context.ts'
import type { Medium } from '../domain/recipient.ts'
import type { User } from '../domain/user.ts'
import { CognitoError, invalidSession, sessionExpired } from '../errors.ts'
import { openSession, sealSession } from './challenge-session.ts'
import type { OpenClient } from './open-client.ts'

const sealed = (
  ctx: Context,
  { client }: OpenClient,
  user: User,
  challenge: 'SIGN_UP' | 'AUTO_SIGN_IN',
  medium?: Medium,
): Promise<string> =>
  sealSession(ctx, client, {
    id: ctx.random.uuid(),
    typed: user.username,
    userId: user.id,
    generation: user.generation,
    challenge,
    madeAt: ctx.clock.now(),
    progress: { flow: 'choice', proofs: [] },
    data: medium && { medium },
  })

/** The `Session` of a sign-up, for its confirmation. */
export const signUpSession = (ctx: Context, opened: OpenClient, user: User): Promise<string> => sealed(ctx, opened, user, 'SIGN_UP')

/** The `Session` of a confirmation, with which the user may sign in at once: the code that came by `medium` proved an address. */
export const autoSignInSession = (ctx: Context, opened: OpenClient, user: User, medium: Medium): Promise<string> =>
  sealed(ctx, opened, user, 'AUTO_SIGN_IN', medium)

/**
 * Whose sign-up the `Session` stands for; throws NotAuthorizedException for one that this client was not given for a sign-up.
 * guess: a sign-up's Session that has expired does not keep its user from confirming, and undefined stands for anybody.
 */
export const openSignUpSession = async (ctx: Context, { client }: OpenClient, text: string | undefined): Promise<string | undefined> => {
  if (text === undefined) return undefined
  try {
    const { userId } = await openSession(ctx, client, ['SIGN_UP'], text)
    if (userId === undefined) throw invalidSession()
    return userId
  } catch (error) {
    if (error instanceof CognitoError && error.message === sessionExpired().message) return undefined
    throw error
  }
}
