import type { Context } from '../../context.ts'
import { mayWrite } from '../../domain/attributes.ts'
import { withSecondFactor } from '../../domain/second-factor.ts'
import type { MfaFactor } from '../../domain/user.ts'
import { foldedValue, isEmail } from '../../domain/username.ts'
import { invalidParameter, unauthorizedAttribute } from '../../errors.ts'
import type { Answer, Challenge, KnownAttempt, Passed } from '../attempt.ts'
import { spendSession } from '../challenge-session.ts'
import type { OpenClient } from '../open-client.ts'
import { type OpenedSetUp, openAnsweredSetUp, sealSetUp } from '../set-up-session.ts'
import { issueEmailSetUp } from './email-otp.ts'

/** Has somebody who needs a second factor and has none set one up: with AssociateSoftwareToken, or by naming an e-mail address. */
export const issueMfaSetup = async (ctx: Context, attempt: KnownAttempt, factors: readonly MfaFactor[]): Promise<Challenge> => ({
  kind: 'challenge',
  name: 'MFA_SETUP',
  session: await sealSetUp(ctx, attempt, { factors }),
  parameters: { MFAS_CAN_SETUP: JSON.stringify(factors), USER_ID_FOR_SRP: attempt.user.username },
})

/** guess: an e-mail address can be set up for MFA only through an app client that may write the attribute. */
const setUpEmail = async (ctx: Context, { opened, session, attempt, setUp }: OpenedSetUp, typed: string): Promise<Challenge> => {
  const { pool, client } = opened
  if (!setUp.factors.includes('EMAIL_OTP')) throw invalidParameter('EMAIL_OTP is not among the MFA types that can be set up.')
  const address = foldedValue(pool, 'email', typed)
  if (!isEmail(address)) throw invalidParameter('Invalid email address format.')
  if (!mayWrite(client, pool.SchemaAttributes, ['email'])) throw unauthorizedAttribute()
  await spendSession(ctx, client, session)
  return issueEmailSetUp(ctx, attempt, address)
}

/**
 * Completes the set-up of a software token, which counts as the second factor of this sign-in, or goes on with that of an e-mail address
 * (`EMAIL`, or `email` as the guide prints it).
 */
export const answerMfaSetup = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed | Challenge> => {
  const setting = await openAnsweredSetUp(ctx, opened, answer)
  const { session, attempt, setUp } = setting
  const email = answer.responses['EMAIL'] || answer.responses['email']
  if (email) return setUpEmail(ctx, setting, email)
  const { user } = attempt
  if (setUp.verified !== true || user.mfa?.softwareToken === undefined) throw invalidParameter('User has not verified software token mfa')
  await spendSession(ctx, opened.client, session)
  return { kind: 'passed', user, progress: withSecondFactor(session.progress, 'SOFTWARE_TOKEN_MFA') }
}
