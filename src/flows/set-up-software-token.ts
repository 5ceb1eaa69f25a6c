import type { Context } from '../context.ts'
import { mayBeSetUp } from '../domain/second-factor.ts'
import type { SoftwareToken, User } from '../domain/user.ts'
import { withFactor, withToken } from '../domain/user-mfa.ts'
import { enableTokenMismatch, invalidSession } from '../errors.ts'
import { spendSession } from './challenge-session.ts'
import { changeMfa } from './change-mfa.ts'
import { chargeGuess, forgetGuesses } from './code-guesses.ts'
import { rereadSignIn } from './prove-address.ts'
import { type OpenedSetUp, sealSetUp } from './set-up-session.ts'
import { newSoftwareToken, useTokenCode } from './software-tokens.ts'

/** A secret for an authenticator app, and the session of the sign-in that keeps it until its first code. */
export interface PendingToken {
  /** base32 */
  readonly secretCode: string
  readonly session: string
}

/** A new secret for somebody whose sign-in demands a software token; throws NotAuthorizedException where it does not. */
export const beginTokenSetUp = async (ctx: Context, { attempt, setUp }: OpenedSetUp): Promise<PendingToken> => {
  if (!mayBeSetUp(attempt.pool, attempt.user, attempt.progress, 'SOFTWARE_TOKEN_MFA')) throw invalidSession()
  const { secretCode, token } = await newSoftwareToken(ctx, attempt.user)
  return { secretCode, session: await sealSetUp(ctx, attempt, { ...setUp, verified: undefined, pendingToken: token }) }
}

/**
 * Puts the first code of a token to the test, behind the lock-out of all codes of sign-ins; throws EnableSoftwareTokenMFAException.
 * guess: a code for a token that nobody asked for, or a code that was used before, is a code that does not match.
 */
export const requireFirstCode = async (
  ctx: Context,
  user: User,
  token: SoftwareToken | undefined,
  code: string,
): Promise<SoftwareToken> => {
  await chargeGuess(ctx, user.poolUid, user.id)
  if (token === undefined || (await useTokenCode(ctx, user, token, code)) !== 'fits') throw enableTokenMismatch()
  return token
}

/** The token under the name that its owner gave to the device. */
export const namedToken = (token: SoftwareToken, name: string | undefined): SoftwareToken =>
  name ? { ...token, friendlyName: name } : token

/**
 * Makes the secret the user's software token once a code shows that the app has it; answers the session that completes MFA_SETUP. Throws
 * EnableSoftwareTokenMFAException for a wrong code, and NotAuthorizedException where the sign-in does not demand a token any more.
 */
export const verifyTokenSetUp = async (
  ctx: Context,
  { opened, session, attempt, setUp }: OpenedSetUp,
  code: string,
  name?: string,
): Promise<string> => {
  const { pool, client } = opened
  const token = namedToken(await requireFirstCode(ctx, attempt.user, setUp.pendingToken, code), name)
  await spendSession(ctx, client, session)
  const user = await changeMfa(
    ctx,
    () => rereadSignIn(ctx, attempt.user),
    (now) => {
      // Whoever has a second factor by now must use it, and not replace it with a password alone.
      if (!mayBeSetUp(pool, now, attempt.progress, 'SOFTWARE_TOKEN_MFA')) throw invalidSession()
      return withFactor({ ...now, mfa: withToken(now, token) }, 'SOFTWARE_TOKEN_MFA')
    },
  )
  await forgetGuesses(ctx, pool.uid, user.id)
  return sealSetUp(ctx, { ...attempt, user }, { ...setUp, pendingToken: undefined, verified: true })
}
