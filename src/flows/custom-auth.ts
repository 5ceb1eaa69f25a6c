import type { Context } from '../context.ts'
import { incorrectCredentials, invalidLambdaResponse } from '../errors.ts'
import type { Attempt, Challenge, KnownAttempt, Passed } from './attempt.ts'
import { issueCustomChallenge } from './challenges/custom-challenge.ts'
import { issueNewPasswordRequired } from './challenges/new-password-required.ts'
import { issuePasswordVerifier } from './challenges/password-verifier.ts'
import { hideBarred } from './hide-barred.ts'
import { defineAuthChallenge } from './triggers/custom-auth.ts'

const challengeNamed = (ctx: Context, attempt: Attempt, name: string, srpA: string | undefined): Promise<Challenge> => {
  const { user } = attempt.candidate
  if (name === 'CUSTOM_CHALLENGE') return issueCustomChallenge(ctx, attempt)
  // The proof can only be asked for while its first message is there.
  if (name === 'PASSWORD_VERIFIER' && srpA !== undefined) return issuePasswordVerifier(ctx, attempt, srpA)
  if (name === 'NEW_PASSWORD_REQUIRED' && user?.status === 'FORCE_CHANGE_PASSWORD' && attempt.progress.proofs.includes('pwd')) {
    return issueNewPasswordRequired(ctx, { ...attempt, user })
  }
  throw invalidLambdaResponse()
}

/**
 * Asks DefineAuthChallenge what comes next and does it. Tokens that it wants issued are not issued yet: what pool and user demand besides
 * still has to be proved.
 */
export const continueCustomAuth = async (ctx: Context, begun: Attempt, srpA?: string): Promise<Passed | Challenge> => {
  const attempt = hideBarred(begun)
  const { candidate, progress } = attempt
  const definition = await defineAuthChallenge(ctx, attempt, progress.rounds ?? [])
  switch (definition.kind) {
    case 'fail':
      throw incorrectCredentials()
    case 'challenge':
      // A proof of the password is judged with the state, like any other: shown another salt than USER_SRP_AUTH shows, a barred user would stand out.
      return challengeNamed(ctx, definition.name === 'PASSWORD_VERIFIER' ? begun : attempt, definition.name, srpA)
    case 'issue tokens':
      // A function that lets in whom the pool does not know lets nobody in.
      if (candidate.user === undefined) throw incorrectCredentials()
      return { kind: 'passed', user: candidate.user, progress: { ...progress, customDone: true } }
  }
}

/** The attempt after a built-in challenge of a custom sign-in was answered rightly, which DefineAuthChallenge gets to see. */
export const withRound = (attempt: KnownAttempt, challengeName: string): KnownAttempt => ({
  ...attempt,
  progress: { ...attempt.progress, rounds: [...(attempt.progress.rounds ?? []), { challengeName, challengeResult: true }] },
})
