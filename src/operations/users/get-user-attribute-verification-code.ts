import { hourlyLimits } from '../../domain/quotas.ts'
import { recipientAt } from '../../domain/recipient.ts'
import { invalidParameter } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { invalidVerifiable, isVerifiable } from '../../flows/change-attributes.ts'
import { storeCode, takeFromAllowance } from '../../flows/codes.ts'
import { sendMessage } from '../../flows/send-message.ts'
import type { Operation } from '../operation.ts'

/** Sends a code that proves the caller's e-mail address or phone number, the changed one if a change waits. */
export const getUserAttributeVerificationCode: Operation<'GetUserAttributeVerificationCode'> = async (request, input) => {
  const { ctx, pool, client, user } = await openAccessToken(request, input.AccessToken)
  const attribute = input.AttributeName
  if (!isVerifiable(attribute)) throw invalidParameter(invalidVerifiable)
  const value = user.pending?.[attribute] ?? user.attributes[attribute]
  // guess: the sentence about an attribute without a value to verify is our own.
  if (value === undefined) throw invalidParameter(`The user has no ${attribute} to verify.`)
  const allowance = hourlyLimits.getUserAttributeVerificationCode
  await takeFromAllowance(ctx, pool.uid, user.id, 'GetUserAttributeVerificationCode', allowance)
  const recipient = recipientAt(attribute, value)
  const text = await storeCode(ctx, user, `Verify:${attribute}`, recipient)
  const details = await sendMessage(ctx, pool, user, 'VerifyUserAttribute', recipient, text, {
    clientId: client.ClientId,
    clientMetadata: input.ClientMetadata,
  })
  return { CodeDeliveryDetails: details }
}
