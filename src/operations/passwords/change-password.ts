import { hourlyLimits } from '../../domain/quotas.ts'
import { missingParameter } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { takeFromAllowance } from '../../flows/codes.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { passwordFits } from '../../flows/password-fits.ts'
import { historySize, requireGoodPassword, requireNewPassword } from '../../flows/password-rules.ts'
import { provePassword } from '../../flows/prove-password.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import type { Operation } from '../operation.ts'

/** Changes the caller's password; sessions live on, as on AWS. Wrong previous passwords count towards the sign-in lock-out. */
export const changePassword: Operation<'ChangePassword'> = async (ctx, input) => {
  const caller = await openAccessToken(ctx, input.AccessToken)
  const { pool, user } = caller
  await takeFromAllowance(ctx, pool.uid, user.id, 'ChangePassword', hourlyLimits.changePassword)
  const candidate = { typed: user.username, user, subject: user.id }
  const present = await ctx.store.users.credential(pool.uid, user.id)
  if (present !== undefined) {
    const previous = input.PreviousPassword
    if (previous === undefined) throw missingParameter('PreviousPassword')
    await provePassword(ctx, caller, candidate, () => passwordFits(ctx, pool, candidate, previous))
  }
  requireGoodPassword(pool, input.ProposedPassword)
  await requireNewPassword(ctx, pool, user, input.ProposedPassword)
  const credential = { new: await newCredential(ctx, pool, user, input.ProposedPassword), historySize: historySize(pool) }
  await retryingLostRaces(async () => {
    const now = (await ctx.store.users.byId(pool.uid, user.id)) ?? user
    await save(ctx, { user: now, credential })
  })
  return {}
}
