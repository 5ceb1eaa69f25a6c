import type { Context } from '../../context.ts'
import { statusRefusals } from '../../domain/challenge.ts'
import { type Answer, type Attempt, type Challenge, openAttempt, type Passed, requiredResponse, sealAttempt } from '../attempt.ts'
import { spendSession } from '../challenge-session.ts'
import { compromisedAtSignIn } from '../compromised.ts'
import type { OpenClient } from '../open-client.ts'
import { passwordFits } from '../password-fits.ts'
import { provePassword } from '../prove-password.ts'

const challenge = 'PASSWORD'

/** Puts a password to the test that came in plain text; throws NotAuthorizedException, or what the user's state says. */
export const passPassword = async (ctx: Context, attempt: Attempt, password: string): Promise<Passed> => {
  const { pool, candidate, progress } = attempt
  const user = await provePassword(ctx, attempt, candidate, () => passwordFits(ctx, pool, candidate, password))
  const compromised = await compromisedAtSignIn(ctx, attempt, user, password)
  const proofs = [...progress.proofs, 'pwd' as const]
  return { kind: 'passed', user, progress: { ...progress, proofs, ...(compromised && { compromised }) } }
}

/** Asks for the password. */
export const issuePassword = async (ctx: Context, attempt: Attempt): Promise<Challenge> => ({
  kind: 'challenge',
  name: challenge,
  session: await sealAttempt(ctx, attempt, challenge),
  parameters: {},
})

/** Checks the password that was asked for. */
export const answerPassword = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed> => {
  const password = requiredResponse(answer, 'PASSWORD')
  const { session, attempt } = await openAttempt(ctx, opened, [challenge, 'SELECT_CHALLENGE'], answer, statusRefusals)
  const passed = await passPassword(ctx, attempt, password)
  await spendSession(ctx, opened.client, session)
  return passed
}
