import type { Context } from '../../context.ts'
import { allowedFirstFactors } from '../../domain/auth-factors.ts'
import { statusRefusals } from '../../domain/challenge.ts'
import { invalidParameter } from '../../errors.ts'
import type { ChallengeNameType } from '../../model/types.gen.ts'
import { type Answer, type Attempt, type Challenge, openAttempt, type Passed, requiredResponse, sealAttempt } from '../attempt.ts'
import { spendSession } from '../challenge-session.ts'
import { challengesFor, startFirstFactor } from '../first-factors.ts'
import type { OpenClient } from '../open-client.ts'

const challenge = 'SELECT_CHALLENGE'

/** Lets the user choose how to sign in (USER_AUTH). */
export const issueSelectChallenge = async (
  ctx: Context,
  attempt: Attempt,
  available: readonly ChallengeNameType[],
): Promise<Challenge> => ({
  kind: 'challenge',
  name: challenge,
  session: await sealAttempt(ctx, attempt, challenge, { offered: [...available] }),
  parameters: {},
  available,
})

/**
 * Begins what was chosen, or completes it where the answer brings the password or SRP_A along.
 * guess: a choice that was not offered answers InvalidParameterException, and a passkey's CREDENTIAL that comes with the choice is not
 * looked at, because no challenge was signed by it yet.
 */
export const answerSelectChallenge = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed | Challenge> => {
  const chosen = requiredResponse(answer, 'ANSWER')
  const { session, attempt } = await openAttempt(ctx, opened, [challenge], answer, statusRefusals)
  const offered = (session.data?.['offered'] ?? []) as readonly ChallengeNameType[]
  // What the pool has ceased to allow since it was offered is offered no longer.
  const allowed = challengesFor(allowedFirstFactors(opened.pool))
  const name = offered.find((each) => each === chosen && allowed.includes(each))
  // A real account: what a user with nothing but a password is told who chooses something else.
  if (name === undefined && offered.every((each) => each.startsWith('PASSWORD'))) {
    throw invalidParameter('Password Challenge is Required to SignIn')
  }
  if (name === undefined) throw invalidParameter(`The challenge ${chosen.slice(0, 40)} is not among the available challenges.`)
  const spend = () => spendSession(ctx, opened.client, session)
  // One choice sends one message.
  const sendsCode = name === 'EMAIL_OTP' || name === 'SMS_OTP'
  if (sendsCode) await spend()
  const outcome = await startFirstFactor(ctx, attempt, name, answer.responses)
  // A wrong password leaves the choice open; what was begun or proved closes it.
  if (!sendsCode) await spend()
  return outcome
}
