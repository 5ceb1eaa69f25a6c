import type { Context } from '../../context.ts'
import { mayBeSetUp, withSecondFactor } from '../../domain/second-factor.ts'
import type { User } from '../../domain/user.ts'
import { withFactor } from '../../domain/user-mfa.ts'
import { invalidSession } from '../../errors.ts'
import { answerCode, type OpenedAnswer, useCode } from '../answer-code.ts'
import { type Answer, type Attempt, type Challenge, type KnownAttempt, openAttempt, type Passed, requiredResponse } from '../attempt.ts'
import { saveMovingAliases } from '../move-aliases.ts'
import { type CodeOrder, codePrint, issueCode } from '../one-time-codes.ts'
import type { OpenClient } from '../open-client.ts'
import { rereadSignIn } from '../prove-address.ts'
import { requireSignInStatus } from '../prove-password.ts'
import { retryingLostRaces } from '../save-user.ts'
import { userChange } from '../user-change.ts'

const challenge = 'EMAIL_OTP'

const orderFor = (use: CodeOrder['use'], destination: string | undefined): CodeOrder => ({
  challenge,
  use,
  attribute: 'email',
  destination,
})

const emailOf = ({ candidate }: Attempt) => candidate.user?.attributes['email']

/** Sends the second factor's code to the user's e-mail address. */
export const issueEmailMfa = (ctx: Context, attempt: KnownAttempt): Promise<Challenge> =>
  issueCode(ctx, attempt, orderFor('second factor', emailOf(attempt)))

/** Sends a code that signs in to the user's e-mail address; a name that nobody has is answered alike. */
export const issueEmailOtp = (ctx: Context, attempt: Attempt): Promise<Challenge> =>
  issueCode(ctx, attempt, orderFor('first factor', emailOf(attempt)))

/** Sends a code to an address that is to become the user's second factor. */
export const issueEmailSetUp = (ctx: Context, attempt: KnownAttempt, address: string): Promise<Challenge> =>
  issueCode(ctx, attempt, orderFor('set-up', address))

/** Gives the user an address that a code has proved, as a second factor; only while the sign-in still owes one to be set up. */
const setUp = (ctx: Context, attempt: Attempt, began: User, email: string): Promise<User> =>
  retryingLostRaces(async () => {
    const { pool, progress } = attempt
    const user = await rereadSignIn(ctx, began)
    if (!mayBeSetUp(pool, user, progress, 'EMAIL_OTP')) throw invalidSession()
    const { email: _replaced, ...pending } = user.pending ?? {}
    const attributes = { ...user.attributes, email, email_verified: 'true' }
    return saveMovingAliases(ctx, pool, userChange(pool, user, { ...user, attributes, pending, mfa: withFactor(user, 'EMAIL_OTP') }))
  })

const answerSetUp = async (ctx: Context, opened: OpenedAnswer, code: string): Promise<Passed> => {
  const { session, attempt } = opened
  const { address } = codePrint(session)
  const { user } = attempt.candidate
  if (user === undefined || address === undefined) throw invalidSession()
  await useCode(ctx, opened, orderFor('set-up', address), code)
  return { kind: 'passed', user: await setUp(ctx, attempt, user, address), progress: withSecondFactor(session.progress, 'EMAIL_OTP') }
}

/**
 * Checks the code that was sent to the e-mail address, for whatever the session was made: to sign in, as a second factor, or to set one up. A
 * right one verifies the address; one that signs in confirms the user too. `EMAIL_MFA_CODE` of the guide's prose is a synonym.
 */
export const answerEmailOtp = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed> => {
  const code = answer.responses['EMAIL_MFA_CODE'] || requiredResponse(answer, 'EMAIL_OTP_CODE')
  const { session, attempt } = await openAttempt(ctx, opened, [challenge], answer, ['not confirmed'])
  const { use } = codePrint(session)
  const { user } = attempt.candidate
  if (use !== 'first factor' && user !== undefined) requireSignInStatus(opened, user)
  if (use === 'set-up') return answerSetUp(ctx, { session, attempt }, code)
  const { progress } = session
  const reached =
    use === 'first factor' ? { ...progress, proofs: [...progress.proofs, 'email_otp' as const] } : withSecondFactor(progress, 'EMAIL_OTP')
  return answerCode(ctx, { session, attempt }, orderFor(use, emailOf(attempt)), code, reached)
}
