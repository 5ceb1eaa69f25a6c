import type { Context } from '../../context.ts'
import { statusRefusals } from '../../domain/challenge.ts'
import { type Answer, type Attempt, type Challenge, openAttempt, requiredResponse, sealAttempt } from '../attempt.ts'
import type { OpenClient } from '../open-client.ts'
import { issuePasswordVerifier } from './password-verifier.ts'

const challenge = 'PASSWORD_SRP'

/** Asks for the first message of a proof of the password (SRP_A). */
export const issuePasswordSrp = async (ctx: Context, attempt: Attempt): Promise<Challenge> => ({
  kind: 'challenge',
  name: challenge,
  session: await sealAttempt(ctx, attempt, challenge),
  parameters: {},
})

/** Goes on to PASSWORD_VERIFIER; the session proves nothing, and is spent with the proof. */
export const answerPasswordSrp = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Challenge> => {
  const srpA = requiredResponse(answer, 'SRP_A')
  const { session, attempt } = await openAttempt(ctx, opened, [challenge, 'SELECT_CHALLENGE'], answer, statusRefusals)
  return issuePasswordVerifier(ctx, attempt, srpA, session)
}
