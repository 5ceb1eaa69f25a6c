import { confirmationMedium, simulatedDelivery } from '../../domain/account-recovery.ts'
import { hidesUserExistence } from '../../domain/app-client.ts'
import { hourlyLimits } from '../../domain/quotas.ts'
import { alreadyConfirmed, invalidParameter, userNotFound } from '../../errors.ts'
import { makeCode, takeFromAllowance } from '../../flows/codes.ts'
import { findUser } from '../../flows/find-user.ts'
import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { requireNoMessageTrigger, sendMessage } from '../../flows/send-message.ts'
import type { Operation } from '../operation.ts'

/** Sends a new confirmation code; the one before is void. */
export const resendConfirmationCode: Operation<'ResendConfirmationCode'> = async (ctx, input) => {
  const { client, pool } = await openClient(ctx, input.ClientId)
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  requireNoMessageTrigger(ctx, pool)
  const user = await findUser(ctx, pool, input.Username)
  await takeFromAllowance(
    ctx,
    pool.uid,
    user?.id ?? `name:${input.Username}`,
    'ResendConfirmationCode',
    hourlyLimits.resendConfirmationCode,
  )
  if (user === undefined || (!user.enabled && hidesUserExistence(client))) {
    if (!hidesUserExistence(client)) throw userNotFound()
    return { CodeDeliveryDetails: simulatedDelivery(pool, input.Username) }
  }
  if (user.status !== 'UNCONFIRMED') {
    if (!hidesUserExistence(client)) throw alreadyConfirmed()
    return { CodeDeliveryDetails: simulatedDelivery(pool, input.Username) }
  }
  const recipient = confirmationMedium(pool, user)
  if (recipient === undefined) throw invalidParameter('Cannot resend codes. Auto verification not turned on.')
  const { text, code } = await makeCode(ctx, user, 'SignUp', { attribute: recipient.attribute, value: recipient.destination })
  await ctx.store.codes.put(ctx.by(), code)
  return { CodeDeliveryDetails: await sendMessage(ctx, pool, user, 'ResendCode', recipient, text) }
}
