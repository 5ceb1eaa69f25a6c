import type { Context } from '../../context.ts'
import { equalText } from '../../crypto/constant-time.ts'
import { mayBeSetUp } from '../../domain/second-factor.ts'
import type { SoftwareToken, User } from '../../domain/user.ts'
import { withFactor, withToken } from '../../domain/user-mfa.ts'
import { enableTokenMismatch, invalidParameter, invalidSession } from '../../errors.ts'
import type { TokenCaller } from '../../flows/access-token.ts'
import { spendSession } from '../../flows/challenge-session.ts'
import { changeMfa } from '../../flows/change-mfa.ts'
import { chargeGuess, forgetGuesses } from '../../flows/code-guesses.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import { rereadSignIn } from '../../flows/prove-address.ts'
import { type OpenedSetUp, sealSetUp } from '../../flows/set-up-session.ts'
import { useTokenCode } from '../../flows/software-tokens.ts'
import type { VerifySoftwareTokenResponse } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'
import { openTokenHolder } from './token-holder.ts'

/** In characters. guess: the name of a device that runs an authenticator app has at most 256 characters, where AWS's model allows more. */
const longestName = 256

/**
 * Puts the first code of a token to the test, behind the lock-out of all codes of sign-ins.
 * guess: a code for a token that nobody asked for, or a code that was used before, is a code that does not match.
 */
const requireFit = async (ctx: Context, user: User, token: SoftwareToken | undefined, code: string): Promise<SoftwareToken> => {
  await chargeGuess(ctx, user.poolUid, user.id)
  if (token === undefined || (await useTokenCode(ctx, user, token, code)) !== 'fits') throw enableTokenMismatch()
  return token
}

const named = (token: SoftwareToken, name: string | undefined): SoftwareToken => (name ? { ...token, friendlyName: name } : token)

const verifyForCaller = async ({ ctx, pool, user }: TokenCaller, code: string, name: string | undefined): Promise<void> => {
  const token = await requireFit(ctx, user, user.mfa?.pendingToken, code)
  await changeMfa(
    ctx,
    () => rereadCaller(ctx, user),
    (now) => {
      // A newer secret was handed out meanwhile.
      if (!equalText(now.mfa?.pendingToken?.sealedSecret ?? '', token.sealedSecret)) throw enableTokenMismatch()
      return withToken(now, named(token, name))
    },
  )
  await forgetGuesses(ctx, pool.uid, user.id)
}

const verifyInSignIn = async (
  ctx: Context,
  { opened, session, attempt, setUp }: OpenedSetUp,
  code: string,
  name: string | undefined,
): Promise<VerifySoftwareTokenResponse> => {
  const { pool, client } = opened
  const token = named(await requireFit(ctx, attempt.user, setUp.pendingToken, code), name)
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
  const Session = await sealSetUp(ctx, { ...attempt, user }, { ...setUp, pendingToken: undefined, verified: true })
  return { Status: 'SUCCESS', Session }
}

/**
 * Makes the secret that AssociateSoftwareToken handed out the user's software token, in place of an earlier one, once a code shows that the
 * app has it. The session that it answers completes MFA_SETUP.
 */
export const verifySoftwareToken: Operation<'VerifySoftwareToken'> = async (request, input) => {
  const { UserCode, FriendlyDeviceName } = input
  if ((FriendlyDeviceName?.length ?? 0) > longestName)
    throw invalidParameter(`FriendlyDeviceName is longer than ${longestName} characters.`)
  const by = await openTokenHolder(request, input)
  if (by.by === 'session') return verifyInSignIn(request, by, UserCode, FriendlyDeviceName)
  await verifyForCaller(by, UserCode, FriendlyDeviceName)
  return { Status: 'SUCCESS' }
}
