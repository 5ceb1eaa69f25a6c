import { recoveryMedium, simulatedDelivery } from '../../domain/account-recovery.ts'
import { hidesUserExistence } from '../../domain/app-client.ts'
import { hourlyLimits } from '../../domain/quotas.ts'
import { cannotResetPassword, invalidParameter, notAuthorized, userDisabled, userNotFound } from '../../errors.ts'
import { makeCode, takeFromAllowance } from '../../flows/codes.ts'
import { findUser } from '../../flows/find-user.ts'
import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { requireNoMessageTrigger, sendMessage } from '../../flows/send-message.ts'
import type { Operation } from '../operation.ts'

/** Sends a code with which a user sets a new password. */
export const forgotPassword: Operation<'ForgotPassword'> = async (ctx, input) => {
  const { client, pool } = await openClient(ctx, input.ClientId)
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  requireNoMessageTrigger(ctx, pool)
  ctx.triggers.requireNone(pool, 'UserMigration')
  const hides = hidesUserExistence(client)
  const user = await findUser(ctx, pool, input.Username)
  await takeFromAllowance(ctx, pool.uid, user?.id ?? `name:${input.Username}`, 'ForgotPassword', hourlyLimits.forgotPassword)
  const simulated = () => ({ CodeDeliveryDetails: simulatedDelivery(pool, input.Username) })
  if (user === undefined) {
    if (hides) return simulated()
    throw userNotFound()
  }
  if (!user.enabled) {
    if (hides) return simulated()
    throw userDisabled()
  }
  const recovery = recoveryMedium(pool, user)
  if ('fault' in recovery) {
    if (recovery.reason === 'admin only') throw notAuthorized(recovery.fault)
    if (hides) return simulated()
    throw invalidParameter(recovery.fault)
  }
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    if (hides) return simulated()
    throw cannotResetPassword()
  }
  const { text, code } = await makeCode(ctx, user, 'ForgotPassword', { attribute: recovery.attribute, value: recovery.destination })
  await ctx.store.codes.put(ctx.by(), code)
  return { CodeDeliveryDetails: await sendMessage(ctx, pool, user, 'ForgotPassword', recovery, text) }
}
