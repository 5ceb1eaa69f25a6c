import type { Context } from '../context.ts'
import { failuresForgottenAfter } from '../domain/lockout.ts'
import { lockedOut } from './locked-out.ts'

const keyOf = (poolUid: string, subject: string) => ({ poolUid, subject, kind: 'code' })

/**
 * Counts a try at a code of a sign-in before it is looked at, all codes of a user together, so that neither parallel tries nor another
 * challenge pass the lock-out after five wrong ones (developer guide, "Adding MFA to a user pool"). Throws NotAuthorizedException.
 * guess: while wrong codes lock a user, every code is answered in the words of the password's lock-out.
 */
export const chargeGuess = async (ctx: Context, poolUid: string, subject: string): Promise<void> => {
  const outcome = await ctx.store.attempts.charge(ctx.by(), keyOf(poolUid, subject), failuresForgottenAfter)
  if (outcome === 'locked') throw lockedOut(ctx, 'code')
}

/** Forgets the tries after a right one that was used up; one that is sent again must not get here. */
export const forgetGuesses = (ctx: Context, poolUid: string, subject: string): Promise<void> =>
  ctx.store.attempts.clear(ctx.by(), keyOf(poolUid, subject))
