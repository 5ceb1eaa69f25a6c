import type { Context } from '../context.ts'
import type { Message } from '../delivery/delivery.ts'
import { simulatedDelivery } from '../domain/account-recovery.ts'
import { confirmationLink, linkFault } from '../domain/confirmation-link.ts'
import { maskEmail, maskPhone } from '../domain/destination.ts'
import { confirmsByLink, invitesWith, type MessageKind, type MessageText, messageText } from '../domain/messages.ts'
import { type Medium, type Recipient, recipientAt } from '../domain/recipient.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { lookupName, shownName } from '../domain/username.ts'
import { CognitoError, codeDeliveryFailure, invalidParameter } from '../errors.ts'
import type { CodeDeliveryDetailsType } from '../model/types.gen.ts'
import { customMessage, type Sending } from './triggers/custom-message.ts'
import { customSend, hasCustomSender } from './triggers/custom-sender.ts'

const deliveryLimit = 3_000

/** What the API tells of a delivery: attribute, medium and a destination that only its owner recognises. */
export const deliveryDetails = ({ medium, attribute, destination }: Recipient): CodeDeliveryDetailsType => ({
  AttributeName: attribute,
  DeliveryMedium: medium,
  Destination: medium === 'EMAIL' ? maskEmail(destination) : maskPhone(destination),
})

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

const roleErrors = { EMAIL: 'InvalidEmailRoleAccessPolicyException', SMS: 'InvalidSmsRoleAccessPolicyException' } as const

/** The error about a medium itself, which those operations list that do not list CodeDeliveryFailureException. */
const mediumFailure = (medium: Medium) => new CognitoError(roleErrors[medium], codeDeliveryFailure().message)

/** Has the server deliver a text within three seconds; throws CodeDeliveryFailureException. */
const deliver = async (
  ctx: Context,
  pool: UserPool,
  { medium, destination }: Recipient,
  text: MessageText,
  details: Pick<Message, 'code' | 'kind' | 'clientId' | 'from' | 'replyTo'>,
): Promise<void> => {
  const sender = { from: pool.EmailConfiguration?.From, replyTo: pool.EmailConfiguration?.ReplyToEmailAddress }
  const message = { medium, destination, ...text, ...sender, userPoolId: pool.Id, ...details }
  try {
    await within(deliveryLimit, ctx.delivery.deliver(message))
  } catch (error) {
    ctx.log.warn({ requestId: ctx.call.requestId, medium, error: String(error) }, 'a message could not be delivered')
    throw codeDeliveryFailure()
  }
}

/**
 * Throws InvalidParameterException where the message is to bring a link, and the pool has no domain that the link could lead to.
 * guess: a sign-up in a pool that confirms by link and has no domain is refused before the user is stored; a CustomEmailSender, which gets
 * the code, needs no domain.
 */
export const requireLinkDomain = (pool: UserPool, kind: MessageKind, medium: Medium): void => {
  const fault = hasCustomSender(pool, medium) ? undefined : linkFault(pool, kind, medium)
  if (fault !== undefined) throw invalidParameter(fault)
}

/**
 * Sends a code or an invitation: by the pool's own sender where it has one for the medium, else in the words of its CustomMessage function
 * or in its own. What was committed before stays when it fails: throws CodeDeliveryFailureException (for a sign-in's code the error about the
 * medium), InvalidParameterException where a link has nowhere to lead, or what the functions make of it.
 * guess: where a custom sender has a medium, CustomMessage is not called for it, because the sender's event has no place for its words.
 */
export const sendMessage = async (
  ctx: Context,
  pool: UserPool,
  user: User,
  kind: MessageKind,
  recipient: Recipient,
  code: string | undefined,
  sending: Sending = {},
): Promise<CodeDeliveryDetailsType> => {
  const { medium } = recipient
  if (hasCustomSender(pool, medium)) {
    await customSend(ctx, pool, user, { recipient, kind, code }, sending)
    return deliveryDetails(recipient)
  }
  requireLinkDomain(pool, kind, medium)
  const { clientId } = sending
  const byLink = confirmsByLink(pool, kind, medium)
  const own = await customMessage(ctx, pool, user, { recipient, kind, code, byLink }, sending)
  const username = shownName(pool, user)
  if (kind === 'Invitation' && !invitesWith(pool, medium, { code, username }, own)) {
    const { requestId } = ctx.call
    ctx.log.warn({ requestId, medium }, "an invitation was not sent: the pool's template has no {####} for the temporary password")
    return deliveryDetails(recipient)
  }
  const linked = byLink && clientId !== undefined && code !== undefined
  const link = linked ? confirmationLink(ctx.policy.publicUrl, pool, { clientId, user, code }) : undefined
  const text = messageText(pool, kind, medium, { code, username, link }, own)
  await deliver(ctx, pool, recipient, text, { code, kind, clientId }).catch((error: unknown) => {
    throw kind === 'Authentication' ? mediumFailure(medium) : error
  })
  return deliveryDetails(recipient)
}

/**
 * Tells a user about a risky sign-in, in words of the caller's: by the pool's CustomEmailSender where it has one (which gets the facts and no
 * words), else by e-mail. Throws CodeDeliveryFailureException or UnexpectedLambdaException.
 */
export const sendTakeOverNotification = async (
  ctx: Context,
  pool: UserPool,
  user: User,
  email: string,
  text: MessageText,
  {
    clientId,
    facts,
    ...sender
  }: Pick<Sending, 'clientId'> & Pick<Message, 'from' | 'replyTo'> & { readonly facts: Readonly<Record<string, string | null>> },
): Promise<void> => {
  const recipient = recipientAt('email', email)
  const order = { recipient, kind: 'AccountTakeOverNotification', code: undefined, facts } as const
  if (hasCustomSender(pool, 'EMAIL')) return customSend(ctx, pool, user, order, { clientId })
  return deliver(ctx, pool, recipient, text, { clientId, kind: order.kind, ...sender })
}

/**
 * Sends without waiting, where neither the time that it takes nor a failure may tell that there was somebody to send to; failures are
 * logged.
 */
export const sendUnobserved = (...sending: Parameters<typeof sendMessage>): CodeDeliveryDetailsType => {
  const [ctx, , , kind, recipient] = sending
  sendMessage(...sending).catch((error: unknown) => {
    const { requestId } = ctx.call
    if (error instanceof CognitoError) ctx.log.warn({ requestId, kind, error: error.code }, 'a message was not sent')
    else ctx.log.error({ requestId, err: error }, 'a message could not be written')
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
    throw error instanceof CognitoError && error.code === 'CodeDeliveryFailureException' ? mediumFailure(medium) : error
  }
}

/** What made-up destinations are drawn from: the same for the same name for ever, and known to nobody else. */
export const deliveryNoise = (ctx: Context, pool: UserPool, typed: string): Promise<Uint8Array> =>
  ctx.keyring.fingerprint('fake-salts', pool.uid, `delivery/${lookupName(pool, typed)}`)

/** What is told of a delivery to somebody who does not exist or must not be told apart: the same for the same name for ever. */
export const pretendDelivery = async (
  ctx: Context,
  pool: UserPool,
  typed: string,
  use: 'confirmation' | 'recovery',
): Promise<CodeDeliveryDetailsType> => {
  return simulatedDelivery(pool, typed, use, await deliveryNoise(ctx, pool, typed))
}
