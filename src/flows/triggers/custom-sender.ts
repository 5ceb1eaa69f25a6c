import type { Context } from '../../context.ts'
import { encryptionSdkMessage } from '../../crypto/encryption-sdk-message.ts'
import { escapeHtml, type MessageKind } from '../../domain/messages.ts'
import type { Medium, Recipient } from '../../domain/recipient.ts'
import { configuredFunction } from '../../domain/trigger-config.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { triggerNotInvocable } from '../../errors.ts'
import { triggerEvent } from './call-trigger.ts'
import { type Sending, sourceOf } from './custom-message.ts'
import { recipientAttributes } from './event-attributes.ts'

const senders = { EMAIL: 'CustomEmailSender', SMS: 'CustomSMSSender' } as const
const requestTypes = { EMAIL: 'customEmailSenderRequestV1', SMS: 'customSMSSenderRequestV1' } as const

/** What a sender is asked to send. */
interface Order {
  readonly recipient: Recipient
  readonly kind: MessageKind | 'AccountTakeOverNotification'
  readonly code: string | undefined
  /** What a notification is about, by the names that the event gives it. */
  readonly facts?: Readonly<Record<string, string | null>> | undefined
}

// The guide names these for e-mail.
// guess: CustomSMSSender gets ClientMetadata from the same operations as CustomEmailSender.
const hearsMetadata: readonly Order['kind'][] = ['ForgotPassword', 'SignUp', 'Authentication']

/** Whether a function of the pool, and not this server, sends what goes by the medium. */
export const hasCustomSender = (pool: UserPool, medium: Medium): boolean => configuredFunction(pool, senders[medium]) !== undefined

/** The secret as only the function can read it: for an AWS Encryption SDK with the key `poolhouse` of the namespace `poolhouse`. */
const encrypted = (ctx: Context, pool: UserPool, secret: string, key: Uint8Array): string => {
  const { random } = ctx
  const entropy = { messageId: random.bytes(32), dataKey: random.bytes(32), wrappingIv: random.bytes(12) }
  const wrapping = { key, namespace: 'poolhouse', name: 'poolhouse' }
  return Buffer.from(encryptionSdkMessage(Buffer.from(secret, 'utf8'), wrapping, { 'userpool-id': pool.Id }, entropy)).toString('base64')
}

/** Temporary passwords reach e-mail senders as HTML (developer guide, "Custom sender Lambda triggers"). */
const secretOf = ({ recipient, kind, code }: Order): string | undefined =>
  code !== undefined && recipient.medium === 'EMAIL' && kind === 'Invitation' ? escapeHtml(code) : code

/**
 * Hands a message to the pool's CustomEmailSender or CustomSMSSender, which has to be there, and does not wait for what comes of it. Throws
 * UnexpectedLambdaException when it can't be called, or when there is no key to encrypt the code with.
 */
export const customSend = async (
  ctx: Context,
  pool: UserPool,
  user: User,
  order: Order,
  { clientId, clientMetadata }: Sending,
): Promise<void> => {
  const { recipient, kind, facts } = order
  const { medium } = recipient
  const trigger = senders[medium]
  const sender = configuredFunction(pool, trigger)
  if (sender === undefined) throw new Error(`${pool.Id} has no ${trigger}`)
  const refuse = (reason: string) => {
    ctx.log.warn({ requestId: ctx.call.requestId, trigger, arn: sender.arn, reason }, 'a trigger failed')
    return triggerNotInvocable(trigger)
  }
  const secret = secretOf(order)
  if (secret !== undefined && ctx.senderKey === undefined) {
    throw refuse('codes go to custom senders encrypted, and there is no key: set --sender-key-file (POOLHOUSE_SENDER_KEY_FILE)')
  }
  const event = triggerEvent({
    pool,
    trigger,
    source: `${trigger}_${kind === 'AccountTakeOverNotification' ? kind : sourceOf(kind)}`,
    userName: user.username,
    clientId,
    request: {
      type: requestTypes[medium],
      code: secret === undefined || ctx.senderKey === undefined ? null : encrypted(ctx, pool, secret, ctx.senderKey),
      clientMetadata: (hearsMetadata.includes(kind) && clientMetadata) || null,
      userAttributes: { ...recipientAttributes(pool, user, recipient), ...facts },
    },
  })
  const failed = await ctx.triggers.send(sender.arn, event)
  if (failed !== undefined) throw refuse(failed.sentence)
}
