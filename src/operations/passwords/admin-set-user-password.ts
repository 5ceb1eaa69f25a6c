import type { User } from '../../domain/user.ts'
import { userNotFound } from '../../errors.ts'
import { requireUser } from '../../flows/find-user.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { openPool } from '../../flows/open-pool.ts'
import { historySize, requireGoodPassword, requireNewPassword } from '../../flows/password-rules.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { userChange } from '../../flows/user-change.ts'
import type { Operation } from '../operation.ts'

/** Sets a password in any state: permanent ones confirm the user, others must be changed at the next sign-in. Ends every session. */
export const adminSetUserPassword: Operation<'AdminSetUserPassword'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const permanent = input.Permanent === true
  const found = await requireUser(ctx, pool, input.Username)
  requireGoodPassword(pool, input.Password)
  const credential = { new: await newCredential(ctx, pool, found, input.Password), historySize: historySize(pool) }
  await retryingLostRaces(async () => {
    // By id: the name may have moved to somebody else, and the credential is bound to this user.
    const user = await ctx.store.users.byId(pool.uid, found.id)
    if (user === undefined) throw userNotFound()
    // guess: a temporary password may be an old one.
    if (permanent) await requireNewPassword(ctx, pool, user, input.Password)
    const after: User = {
      ...user,
      status: permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
      temporaryPasswordAt: permanent ? undefined : ctx.clock.now(),
      generation: user.generation + 1,
    }
    await save(ctx, { ...userChange(pool, user, after), credential, dropCodes: ['SignUp', 'ForgotPassword'] })
  })
  await ctx.store.attempts.clear(ctx.by(), { poolUid: pool.uid, subject: found.id, kind: 'password' })
  return {}
}
