import type { Context } from '../context.ts'
import { failuresForgottenAfter } from '../domain/lockout.ts'
import { lockedOut } from './locked-out.ts'

/** A code that signs in can be asked for, and so be guessed wrong, by anybody; that must not lock the others. */
export type CodeKind = 'sign-in code' | 'code'

const keyOf = (poolUid: string, subject: string, kind: CodeKind) => ({ poolUid, subject, kind })

/**
 * Counts a try at a code of a sign-in before it is looked at, all codes of a kind together, so that neither parallel tries nor another
 * challenge pass the lock-out after five wrong ones (developer guide, "Adding MFA to a user pool"). Throws NotAuthorizedException.
 * guess: while wrong codes lock a user, every code is answered in the words of the password's lock-out.
 */
export const chargeGuess = async (ctx: Context, poolUid: string, subject: string, kind: CodeKind = 'code'): Promise<void> => {
  const outcome = await ctx.store.attempts.charge(ctx.by(), keyOf(poolUid, subject, kind), failuresForgottenAfter)
  if (outcome === 'locked') throw lockedOut(ctx, kind)
}

/** Forgets the tries after a right one that was used up; one that is sent again must not get here. */
export const forgetGuesses = (ctx: Context, poolUid: string, subject: string, kind: CodeKind = 'code'): Promise<void> =>
  ctx.store.attempts.clear(ctx.by(), keyOf(poolUid, subject, kind))
