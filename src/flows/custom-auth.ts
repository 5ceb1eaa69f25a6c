import type { Context } from '../context.ts'
import { hasExpiredPassword, replacesPassword, toleratedRefusals } from '../domain/challenge.ts'
import { incorrectCredentials, invalidLambdaResponse, temporaryPasswordExpired } from '../errors.ts'
import type { Attempt, Challenge, KnownAttempt, Passed } from './attempt.ts'
import { issueCustomChallenge } from './challenges/custom-challenge.ts'
import { issueNewPasswordRequired } from './challenges/new-password-required.ts'
import { issuePasswordVerifier } from './challenges/password-verifier.ts'
import { hideBarred } from './hide-barred.ts'
import { requireSignInStatus } from './prove-password.ts'
import { defineAuthChallenge } from './triggers/custom-auth.ts'

/** The new password that DefineAuthChallenge asks for; undefined for whoever is to set none, or has not proved the old one. */
const newPasswordFor = (ctx: Context, attempt: Attempt): Promise<Challenge> | undefined => {
  const { pool, progress, candidate } = attempt
  const { user } = candidate
  if (user === undefined || !progress.proofs.includes('pwd') || !replacesPassword(user, progress)) return undefined
  if (hasExpiredPassword(pool, user, ctx.clock.now())) throw temporaryPasswordExpired()
  return issueNewPasswordRequired(ctx, { ...attempt, user })
}

/**
 * The attempt without what `toleratedRefusals` lets pass.
 * guess: a user whose password was reset is asked for a new one by custom authentication, once the old one is proved, and for nothing else.
 */
const withoutTolerance = (attempt: Attempt): Attempt => {
  const { user } = attempt.candidate
  if (user !== undefined && attempt.progress.proofs.length > 0) requireSignInStatus(attempt, user)
  return hideBarred(attempt)
}

const challengeNamed = (ctx: Context, attempt: Attempt, name: string): Promise<Challenge> => {
  const asked = name === 'NEW_PASSWORD_REQUIRED' ? newPasswordFor(ctx, attempt) : undefined
  if (asked !== undefined) return asked
  const open = withoutTolerance(attempt)
  if (name === 'CUSTOM_CHALLENGE') return issueCustomChallenge(ctx, open)
  throw invalidLambdaResponse()
}

/**
 * Asks DefineAuthChallenge what comes next and does it. Tokens that it wants issued are not issued yet: what pool and user demand besides
 * still has to be proved.
 */
export const continueCustomAuth = async (ctx: Context, begun: Attempt, srpA?: string): Promise<Passed | Challenge> => {
  const attempt = hideBarred(begun, toleratedRefusals(begun.progress))
  const { candidate, progress } = attempt
  const definition = await defineAuthChallenge(ctx, attempt, progress.rounds ?? [])
  switch (definition.kind) {
    case 'fail':
      throw incorrectCredentials()
    case 'challenge':
      // The proof can only be asked for while its first message is there. It is judged with the state, like any other: shown another salt than
      // USER_SRP_AUTH shows, a barred user would stand out.
      if (definition.name === 'PASSWORD_VERIFIER' && srpA !== undefined) return issuePasswordVerifier(ctx, begun, srpA)
      return challengeNamed(ctx, attempt, definition.name)
    case 'issue tokens':
      // A function that lets in whom the pool does not know lets nobody in.
      if (candidate.user === undefined) throw incorrectCredentials()
      requireSignInStatus(attempt, candidate.user)
      return { kind: 'passed', user: candidate.user, progress: { ...progress, customDone: true } }
  }
}

/** The attempt after a built-in challenge of a custom sign-in was answered rightly, which DefineAuthChallenge gets to see. */
export const withRound = (attempt: KnownAttempt, challengeName: string): KnownAttempt => ({
  ...attempt,
  progress: { ...attempt.progress, rounds: [...(attempt.progress.rounds ?? []), { challengeName, challengeResult: true }] },
})
