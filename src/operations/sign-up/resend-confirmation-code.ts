import { confirmationMedium } from '../../domain/account-recovery.ts'
import { hidesUserExistence } from '../../domain/app-client.ts'
import { hourlyLimits } from '../../domain/quotas.ts'
import { subjectOf } from '../../domain/subject.ts'
import { alreadyConfirmed, invalidParameter, userNotFound } from '../../errors.ts'
import { reportedBy } from '../../flows/client-context.ts'
import { pretendCode, storeCode, takeFromAllowance } from '../../flows/codes.ts'
import { findUser } from '../../flows/find-user.ts'
import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { recordAuthEvent } from '../../flows/record-auth-event.ts'
import { pretendDelivery, sendMessage, sendUnobserved } from '../../flows/send-message.ts'
import type { Operation } from '../operation.ts'

const notVerifying = () => invalidParameter('Cannot resend codes. Auto verification not turned on.')

/** Sends a new confirmation code; the one before is void. */
export const resendConfirmationCode: Operation<'ResendConfirmationCode'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  const { client, pool } = opened
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  const hides = hidesUserExistence(client)
  // The same for everybody, so it tells nothing about anybody.
  if (hides && !pool.AutoVerifiedAttributes?.length) throw notVerifying()
  const user = await findUser(ctx, pool, input.Username)
  const subject = subjectOf(pool, user, input.Username)
  await takeFromAllowance(ctx, pool.uid, subject, 'ResendConfirmationCode', hourlyLimits.resendConfirmationCode)
  const recipient = user && confirmationMedium(pool, user)
  const waits = user?.status === 'UNCONFIRMED' && (user.enabled || !hides)
  if (user === undefined || recipient === undefined || !waits) {
    if (hides) {
      await pretendCode(ctx, pool.uid, 'SignUp')
      return { CodeDeliveryDetails: await pretendDelivery(ctx, pool, input.Username, 'confirmation') }
    }
    if (user === undefined) throw userNotFound()
    throw waits ? notVerifying() : alreadyConfirmed()
  }
  const text = await storeCode(ctx, user, 'SignUp', recipient)
  await recordAuthEvent(ctx, { opened, user, type: 'ResendCode', response: 'InProgress', request: reportedBy(input) })
  const send = hides ? sendUnobserved : sendMessage
  const from = { clientId: client.ClientId, clientMetadata: input.ClientMetadata }
  return { CodeDeliveryDetails: await send(ctx, pool, user, 'ResendCode', recipient, text, from) }
}
