import type { Context } from '../../context.ts'
import { withSecondFactor } from '../../domain/second-factor.ts'
import type { SoftwareToken, User } from '../../domain/user.ts'
import { softwareTokenGone, tokenCodeMismatch, tokenCodeUsed } from '../../errors.ts'
import { type Answer, type Challenge, type KnownAttempt, openKnownAttempt, type Passed, requiredResponse, sealAttempt } from '../attempt.ts'
import { spendSession } from '../challenge-session.ts'
import { chargeGuess, forgetGuesses } from '../code-guesses.ts'
import { failedProof } from '../failed-proof.ts'
import type { OpenClient } from '../open-client.ts'
import { useTokenCode } from '../software-tokens.ts'

const challenge = 'SOFTWARE_TOKEN_MFA'

const tokenOf = ({ mfa }: User): SoftwareToken => {
  if (mfa?.softwareToken === undefined) throw softwareTokenGone()
  return mfa.softwareToken
}

/** Asks for the code that the user's authenticator app shows. */
export const issueSoftwareTokenMfa = async (ctx: Context, attempt: KnownAttempt): Promise<Challenge> => {
  const { user } = attempt
  const { friendlyName } = tokenOf(user)
  return {
    kind: 'challenge',
    name: challenge,
    session: await sealAttempt(ctx, attempt, challenge),
    parameters: {
      USER_ID_FOR_SRP: user.username,
      ...(friendlyName === undefined ? {} : { FRIENDLY_DEVICE_NAME: friendlyName }),
    },
  }
}

/** Checks the code of the authenticator app; a code is good once. */
export const answerSoftwareTokenMfa = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed> => {
  const code = requiredResponse(answer, 'SOFTWARE_TOKEN_MFA_CODE')
  const { session, attempt } = await openKnownAttempt(ctx, opened, challenge, answer)
  const { user } = attempt
  const token = tokenOf(user)
  await chargeGuess(ctx, opened.pool.uid, user.id)
  const outcome = await useTokenCode(ctx, user, token, code)
  if (outcome !== 'fits') throw outcome === 'mismatch' ? failedProof(tokenCodeMismatch(), user) : tokenCodeUsed()
  await spendSession(ctx, opened.client, session)
  await forgetGuesses(ctx, opened.pool.uid, user.id)
  return { kind: 'passed', user, progress: withSecondFactor(session.progress, 'SOFTWARE_TOKEN_MFA') }
}
