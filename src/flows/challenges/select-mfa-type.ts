import type { Context } from '../../context.ts'
import type { MfaFactor } from '../../domain/user.ts'
import { invalidParameter } from '../../errors.ts'
import { type Answer, type Challenge, type KnownAttempt, openKnownAttempt, requiredResponse, sealAttempt } from '../attempt.ts'
import { spendSession } from '../challenge-session.ts'
import { issueMfa } from '../issue-mfa.ts'
import type { OpenClient } from '../open-client.ts'

const challenge = 'SELECT_MFA_TYPE'

/** Lets the user choose a second factor. */
export const issueSelectMfaType = async (ctx: Context, attempt: KnownAttempt, factors: readonly MfaFactor[]): Promise<Challenge> => ({
  kind: 'challenge',
  name: challenge,
  session: await sealAttempt(ctx, attempt, challenge, { factors: [...factors] }),
  parameters: { MFAS_CAN_CHOOSE: JSON.stringify(factors), USER_ID_FOR_SRP: attempt.user.username },
})

/**
 * Asks for the second factor that was chosen; `EMAIL_MFA` of the guide's prose is a synonym.
 * guess: a second factor that was not offered is refused with InvalidParameterException, and the choice stays open.
 */
export const answerSelectMfaType = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Challenge> => {
  const typed = requiredResponse(answer, 'ANSWER')
  const { session, attempt } = await openKnownAttempt(ctx, opened, challenge, answer)
  const chosen = typed === 'EMAIL_MFA' ? 'EMAIL_OTP' : typed
  const offered = (session.data?.['factors'] ?? []) as readonly MfaFactor[]
  const factor = offered.find((each) => each === chosen)
  if (factor === undefined) throw invalidParameter(`The MFA type ${typed.slice(0, 40)} is not among those that can be chosen.`)
  await spendSession(ctx, opened.client, session)
  return issueMfa(ctx, attempt, factor)
}
