import type { Context } from '../context.ts'
import { type CodeMedium, simulatedDelivery } from '../domain/account-recovery.ts'
import { maskEmail, maskPhone } from '../domain/destination.ts'
import { invitationMessage, type VerificationKind, verificationMessage } from '../domain/messages.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { lookupName } from '../domain/username.ts'
import { CognitoError, codeDeliveryFailure } from '../errors.ts'
import type { CodeDeliveryDetailsType } from '../model/types.gen.ts'

const deliveryLimit = 3_000

/** What the API tells of a delivery: attribute, medium and a destination that only its owner recognises. */
export const deliveryDetails = ({ medium, attribute, destination }: CodeMedium): CodeDeliveryDetailsType => ({
  AttributeName: attribute,
  DeliveryMedium: medium,
  Destination: medium === 'EMAIL' ? maskEmail(destination) : maskPhone(destination),
})

/** Throws UnexpectedLambdaException where a function should have written or sent the pool's messages; asked before anything is written. */
export const requireNoMessageTrigger = (ctx: Context, pool: UserPool): void =>
  ctx.triggers.requireNone(pool, 'CustomMessage', 'CustomEmailSender', 'CustomSMSSender')

/** People know themselves by the address that they sign in with, not by a UUID. */
const shownName = (pool: UserPool, user: User): string =>
  pool.UsernameAttributes?.map((attribute) => user.attributes[attribute]).find((value) => value !== undefined) ?? user.username

const within = async (limit: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limit} ms`)), limit)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Sends a code or an invitation in the pool's words; at most three seconds. What was committed before stays when it fails: throws
 * CodeDeliveryFailureException.
 */
export const sendMessage = async (
  ctx: Context,
  pool: UserPool,
  user: User,
  kind: VerificationKind | 'Invitation',
  recipient: CodeMedium,
  code: string | undefined,
): Promise<CodeDeliveryDetailsType> => {
  const { medium, destination } = recipient
  const values = { code, username: shownName(pool, user) }
  const { subject, body } =
    kind === 'Invitation' ? invitationMessage(pool, medium, values) : verificationMessage(pool, kind, medium, values)
  const sender = pool.EmailConfiguration
  try {
    await within(
      deliveryLimit,
      ctx.delivery.deliver({ medium, destination, subject, body, code, from: sender?.From, replyTo: sender?.ReplyToEmailAddress }),
    )
  } catch (error) {
    ctx.log.warn({ requestId: ctx.call.requestId, medium, error: String(error) }, 'a message could not be delivered')
    throw codeDeliveryFailure()
  }
  return deliveryDetails(recipient)
}

/**
 * Sends without waiting, where neither the time that it takes nor a failure may tell that there was somebody to send to; failures are
 * logged.
 */
export const sendUnobserved = (...sending: Parameters<typeof sendMessage>): CodeDeliveryDetailsType => {
  const [ctx, , , , recipient] = sending
  sendMessage(...sending).catch((error: unknown) => {
    if (!(error instanceof CognitoError)) ctx.log.error({ requestId: ctx.call.requestId, err: error }, 'a message could not be written')
  })
  return deliveryDetails(recipient)
}

/**
 * Sends for an administrator's operation, none of which lists CodeDeliveryFailureException: throws another.
 * guess: a message that can't be delivered answers the administrator the error that the operation lists about the medium.
 */
export const sendForAdmin = async (...sending: Parameters<typeof sendMessage>): Promise<CodeDeliveryDetailsType> => {
  const [, , , , { medium }] = sending
  try {
    return await sendMessage(...sending)
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error
    throw new CognitoError(
      medium === 'EMAIL' ? 'InvalidEmailRoleAccessPolicyException' : 'InvalidSmsRoleAccessPolicyException',
      error.message,
    )
  }
}

/** What is told of a delivery to somebody who does not exist or must not be told apart: the same for the same name for ever. */
export const pretendDelivery = async (
  ctx: Context,
  pool: UserPool,
  typed: string,
  use: 'confirmation' | 'recovery',
): Promise<CodeDeliveryDetailsType> => {
  const noise = await ctx.keyring.fingerprint('fake-salts', pool.uid, `delivery/${lookupName(pool, typed)}`)
  return simulatedDelivery(pool, typed, use, noise)
}
