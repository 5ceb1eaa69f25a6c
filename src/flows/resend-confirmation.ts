import type { Context } from '../context.ts'
import { confirmationMedium } from '../domain/account-recovery.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import { hourlyLimits } from '../domain/quotas.ts'
import { subjectOf } from '../domain/subject.ts'
import { alreadyConfirmed, invalidParameter, userNotFoundForClient } from '../errors.ts'
import type { CodeDeliveryDetailsType } from '../model/types.gen.ts'
import type { SignInRequest } from './attempt.ts'
import { pretendCode, storeCode, takeFromAllowance } from './codes.ts'
import { findUser } from './find-user.ts'
import type { OpenClient } from './open-client.ts'
import { recordAuthEvent } from './record-auth-event.ts'
import { pretendDelivery, sendMessage, sendUnobserved } from './send-message.ts'

const notVerifying = () => invalidParameter('Cannot resend codes. Auto verification not turned on.')

/** Sends a new confirmation code, which voids the one before, and answers where it went; throws what API_ResendConfirmationCode lists. */
export const resendConfirmation = async (
  ctx: Context,
  opened: OpenClient,
  { username, request }: { readonly username: string; readonly request: SignInRequest },
): Promise<CodeDeliveryDetailsType> => {
  const { client, pool } = opened
  const hides = hidesUserExistence(client)
  // The same for everybody, so it tells nothing about anybody.
  if (hides && !pool.AutoVerifiedAttributes?.length) throw notVerifying()
  const user = await findUser(ctx, pool, username)
  const subject = subjectOf(pool, user, username)
  await takeFromAllowance(ctx, pool.uid, subject, 'ResendConfirmationCode', hourlyLimits.resendConfirmationCode)
  const recipient = user && confirmationMedium(pool, user)
  const waits = user?.status === 'UNCONFIRMED' && (user.enabled || !hides)
  if (user === undefined || recipient === undefined || !waits) {
    if (hides) {
      await pretendCode(ctx, pool.uid, 'SignUp')
      return pretendDelivery(ctx, pool, username, 'confirmation')
    }
    if (user === undefined) throw userNotFoundForClient()
    throw waits ? notVerifying() : alreadyConfirmed()
  }
  const text = await storeCode(ctx, user, 'SignUp', recipient)
  await recordAuthEvent(ctx, { opened, user, type: 'ResendCode', response: 'InProgress', request })
  const send = hides ? sendUnobserved : sendMessage
  const from = { clientId: client.ClientId, clientMetadata: request.clientMetadata }
  return send(ctx, pool, user, 'ResendCode', recipient, text, from)
}
