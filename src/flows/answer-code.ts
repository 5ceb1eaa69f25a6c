import type { Context } from '../context.ts'
import type { Progress } from '../domain/progress.ts'
import { invalidSession, sentCodeMismatch } from '../errors.ts'
import type { Attempt, Passed } from './attempt.ts'
import { type ChallengeSession, spendSession } from './challenge-session.ts'
import { forgetGuesses } from './code-guesses.ts'
import { failedProof } from './failed-proof.ts'
import { type CodeOrder, codeFits, guessed } from './one-time-codes.ts'
import { proveAddress } from './prove-address.ts'

/** An answer to a challenge, with the attempt that waited for it. */
export interface OpenedAnswer {
  readonly session: ChallengeSession
  readonly attempt: Attempt
}

/** Puts a typed code to the test and uses its session up; a wrong one leaves the session alive. Throws CodeMismatchException and others. */
export const useCode = async (ctx: Context, { session, attempt }: OpenedAnswer, order: CodeOrder, typed: string): Promise<void> => {
  const { pool, client, candidate } = attempt
  if (!(await codeFits(ctx, attempt, session, order, typed))) throw failedProof(sentCodeMismatch(), candidate.user)
  await spendSession(ctx, client, session)
  await forgetGuesses(ctx, pool.uid, ...guessed(ctx, attempt, order.use))
}

/** Answers a code that was sent to an address of the user's, which it proves; `reached` is what the sign-in comes to with it. */
export const answerCode = async (
  ctx: Context,
  opened: OpenedAnswer,
  order: CodeOrder,
  typed: string,
  reached: Progress,
): Promise<Passed> => {
  await useCode(ctx, opened, order, typed)
  const { user } = opened.attempt.candidate
  if (user === undefined || order.destination === undefined) throw invalidSession()
  return { kind: 'passed', user: await proveAddress(ctx, opened.attempt, user, order, order.destination), progress: reached }
}
