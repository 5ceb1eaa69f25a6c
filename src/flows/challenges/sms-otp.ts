import type { Context } from '../../context.ts'
import { answerCode } from '../answer-code.ts'
import { type Answer, type Attempt, type Challenge, openAttempt, type Passed, requiredResponse } from '../attempt.ts'
import { type CodeOrder, issueCode } from '../one-time-codes.ts'
import type { OpenClient } from '../open-client.ts'

const challenge = 'SMS_OTP'

const orderFor = ({ candidate }: Attempt): CodeOrder => ({
  challenge,
  use: 'first factor',
  attribute: 'phone_number',
  destination: candidate.user?.attributes['phone_number'],
})

/** Sends a code that signs in to the user's phone; a name that nobody has is answered alike. */
export const issueSmsOtp = (ctx: Context, attempt: Attempt): Promise<Challenge> => issueCode(ctx, attempt, orderFor(attempt))

/** Checks the code that was sent to the phone; a right one verifies the phone number and confirms the user too. */
export const answerSmsOtp = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed> => {
  const code = requiredResponse(answer, 'SMS_OTP_CODE')
  const { session, attempt } = await openAttempt(ctx, opened, [challenge], answer, ['not confirmed'])
  const { progress } = session
  return answerCode(ctx, { session, attempt }, orderFor(attempt), code, { ...progress, proofs: [...progress.proofs, 'sms'] })
}
