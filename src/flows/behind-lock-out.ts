import type { Context } from '../context.ts'
import { failuresForgottenAfter, isLocked } from '../domain/lockout.ts'
import { lockedOut } from './locked-out.ts'

/** What failures are counted against, and what kind of secret they were guesses at. */
export interface LockOutKey {
  readonly poolUid: string
  readonly subject: string
  readonly kind: string
}

/**
 * Puts a secret to the test behind the gate and the lock-out: a failure is counted, a success forgets earlier ones, and without earlier
 * failures a success writes nothing. Throws NotAuthorizedException while the subject is locked.
 */
export const behindLockOut = (ctx: Context, key: LockOutKey, prove: () => Promise<boolean>): Promise<boolean> =>
  ctx.passwordGate.enter(`${key.poolUid}/${key.subject}`, async () => {
    const attempts = await ctx.store.attempts.read(key.poolUid, key.subject, key.kind)
    if (attempts !== undefined && isLocked(attempts.failures, attempts.lastAt, ctx.clock.now())) throw lockedOut(ctx, key.kind)
    const proved = await prove()
    if (!proved) await ctx.store.attempts.fail(ctx.by(), key, failuresForgottenAfter)
    else if (attempts !== undefined) await ctx.store.attempts.clear(ctx.by(), key)
    return proved
  })
