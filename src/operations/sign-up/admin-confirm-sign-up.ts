import { cannotConfirm } from '../../errors.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { postConfirmation } from '../../flows/triggers/post-confirmation.ts'
import { userChange } from '../../flows/user-change.ts'
import type { Operation } from '../operation.ts'

/** Confirms a sign-up without a code; e-mail and phone stay unverified. */
export const adminConfirmSignUp: Operation<'AdminConfirmSignUp'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const confirmed = await retryingLostRaces(async () => {
    const user = await requireUser(ctx, pool, input.Username)
    if (user.status !== 'UNCONFIRMED') throw cannotConfirm(user.status)
    return save(ctx, { ...userChange(pool, user, { ...user, status: 'CONFIRMED' }), dropCodes: ['SignUp'] })
  })
  await postConfirmation(ctx, pool, confirmed, 'ConfirmSignUp', { clientMetadata: input.ClientMetadata })
  return {}
}
