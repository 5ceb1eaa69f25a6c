import { cannotConfirm } from '../../errors.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { userChange } from '../../flows/user-change.ts'
import type { Operation } from '../operation.ts'

/** Confirms a sign-up without a code; e-mail and phone stay unverified. */
export const adminConfirmSignUp: Operation<'AdminConfirmSignUp'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  ctx.triggers.requireNone(pool, 'PostConfirmation')
  await retryingLostRaces(async () => {
    const user = await requireUser(ctx, pool, input.Username)
    if (user.status !== 'UNCONFIRMED') throw cannotConfirm(user.status)
    await save(ctx, { ...userChange(pool, user, { ...user, status: 'CONFIRMED' }), dropCodes: ['SignUp'] })
  })
  return {}
}
