import type { Context } from '../../context.ts'
import { incorrectCredentials } from '../../errors.ts'
import { type Answer, type Attempt, type Challenge, openAttempt, requiredResponse, sealAttempt } from '../attempt.ts'
import { spendSession } from '../challenge-session.ts'
import type { OpenClient } from '../open-client.ts'
import { createAuthChallenge, verifyAuthChallenge } from '../triggers/custom-auth.ts'

const challenge = 'CUSTOM_CHALLENGE'

/** More rounds than any honest sequence has; a function that never ends one can't keep a sign-in alive for ever. */
const mostRounds = 50

/** A question that CreateAuthChallenge made; its answer stays sealed in the session. */
export const issueCustomChallenge = async (ctx: Context, attempt: Attempt): Promise<Challenge> => {
  const rounds = attempt.progress.rounds ?? []
  // guess: a custom sign-in that goes on beyond 50 rounds is refused.
  if (rounds.length >= mostRounds) throw incorrectCredentials()
  const { publicParameters, privateParameters, metadata } = await createAuthChallenge(ctx, attempt, rounds)
  const { user, typed } = attempt.candidate
  return {
    kind: 'challenge',
    name: challenge,
    session: await sealAttempt(ctx, attempt, challenge, { privateParameters, metadata }),
    parameters: { USERNAME: user?.username ?? typed, ...publicParameters },
  }
}

/**
 * Has the answer judged and adds the round to the attempt, right or wrong; DefineAuthChallenge decides what a wrong one means. The session is
 * spent before anybody judges, so that one question is answered once.
 */
export const answerCustomChallenge = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Attempt> => {
  const given = requiredResponse(answer, 'ANSWER')
  const { session, attempt } = await openAttempt(ctx, opened, [challenge], answer)
  await spendSession(ctx, opened.client, session)
  const { privateParameters, metadata } = session.data ?? {}
  const challengeResult = await verifyAuthChallenge(ctx, attempt, privateParameters as Record<string, string>, given)
  const round = { challengeName: challenge, challengeResult, challengeMetadata: metadata as string | undefined }
  return { ...attempt, progress: { ...attempt.progress, rounds: [...(attempt.progress.rounds ?? []), round] } }
}
