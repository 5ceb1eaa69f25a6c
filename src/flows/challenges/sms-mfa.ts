import type { Context } from '../../context.ts'
import { withSecondFactor } from '../../domain/second-factor.ts'
import type { User } from '../../domain/user.ts'
import { answerCode } from '../answer-code.ts'
import { type Answer, type Challenge, type KnownAttempt, openKnownAttempt, type Passed, requiredResponse } from '../attempt.ts'
import { type CodeOrder, issueCode } from '../one-time-codes.ts'
import type { OpenClient } from '../open-client.ts'

const challenge = 'SMS_MFA'

const orderFor = ({ attributes }: User): CodeOrder => ({
  challenge,
  use: 'second factor',
  attribute: 'phone_number',
  destination: attributes['phone_number'],
})

/** Sends the second factor's code to the user's phone. */
export const issueSmsMfa = (ctx: Context, attempt: KnownAttempt): Promise<Challenge> => issueCode(ctx, attempt, orderFor(attempt.user))

/** Checks the code that was sent to the phone; a right one verifies the phone number too. */
export const answerSmsMfa = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed> => {
  const code = requiredResponse(answer, 'SMS_MFA_CODE')
  const { session, attempt } = await openKnownAttempt(ctx, opened, challenge, answer)
  return answerCode(ctx, { session, attempt }, orderFor(attempt.user), code, withSecondFactor(session.progress, 'SMS_MFA'))
}
