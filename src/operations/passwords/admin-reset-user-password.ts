import { recoveryMedium } from '../../domain/account-recovery.ts'
import { cannotResetPassword, invalidParameter, notAuthorized, userDisabled } from '../../errors.ts'
import { makeCode } from '../../flows/codes.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { sendForAdmin } from '../../flows/send-message.ts'
import { userChange } from '../../flows/user-change.ts'
import type { Operation } from '../operation.ts'

/** Makes a user's password useless until a new one is set with the code that this sends; ends every session. */
export const adminResetUserPassword: Operation<'AdminResetUserPassword'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const { user, recovery, text } = await retryingLostRaces(async () => {
    const user = await requireUser(ctx, pool, input.Username)
    if (!user.enabled) throw userDisabled()
    if (user.status !== 'CONFIRMED' && user.status !== 'RESET_REQUIRED') throw cannotResetPassword()
    const recovery = recoveryMedium(pool, user)
    if ('fault' in recovery) throw recovery.reason === 'admin only' ? notAuthorized(recovery.fault) : invalidParameter(recovery.fault)
    const { text, code } = await makeCode(ctx, user, 'ForgotPassword', { attribute: recovery.attribute, value: recovery.destination })
    const after = { ...user, status: 'RESET_REQUIRED' as const, generation: user.generation + 1 }
    return { user: await save(ctx, { ...userChange(pool, user, after), putCode: code }), recovery, text }
  })
  await sendForAdmin(ctx, pool, user, 'ForgotPassword', recovery, text, { clientMetadata: input.ClientMetadata })
  return {}
}
