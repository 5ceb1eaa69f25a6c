import type { Context } from '../../context.ts'
import { customTexts, type MessageFrame } from '../../domain/custom-message.ts'
import { codeParameter, type MessageKind, type MessageText, usernameParameter } from '../../domain/messages.ts'
import type { Recipient } from '../../domain/recipient.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { invalidLambdaResponse, invalidParameter } from '../../errors.ts'
import { callTrigger } from './call-trigger.ts'
import { type ClientMetadata, clientMetadataOf, recipientAttributes } from './event-attributes.ts'

/** Which app client's call made a message necessary, and what it sent along; both absent where there is none. */
export interface Sending {
  readonly clientId?: string | undefined
  readonly clientMetadata?: ClientMetadata | undefined
}

/** The last part of a message's triggerSource. */
export const sourceOf = (kind: MessageKind): string => (kind === 'Invitation' ? 'AdminCreateUser' : kind)

/**
 * The words for a message that the pool's CustomMessage function gives, as far as it gives any; the code itself never reaches it (developer
 * guide, "Custom message Lambda trigger"). Throws InvalidParameterException for words without a place for code or name, or too many.
 * guess: AdminCreateUser's ClientMetadata reaches CustomMessage, as API_AdminCreateUser says of any function that it invokes; the guide's page
 * about CustomMessage does not name the operation.
 * guess: emailMessage and emailSubject of a CustomMessage function are used whatever EmailSendingAccount says, against the guide's words.
 */
export const customMessage = async (
  ctx: Context,
  pool: UserPool,
  user: User,
  { recipient, kind, code, byLink }: Omit<MessageFrame, 'medium'> & { readonly recipient: Recipient },
  { clientId, clientMetadata }: Sending,
): Promise<Partial<MessageText>> => {
  const response = await callTrigger(ctx, {
    pool,
    trigger: 'CustomMessage',
    source: `CustomMessage_${sourceOf(kind)}`,
    userName: user.username,
    clientId,
    request: {
      userAttributes: recipientAttributes(pool, user, recipient),
      codeParameter,
      linkParameter: '{##Click Here##}',
      usernameParameter: kind === 'Invitation' ? usernameParameter : null,
      ...clientMetadataOf(clientMetadata),
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  })
  const texts = customTexts(response ?? {}, { kind, code, byLink, medium: recipient.medium })
  if (texts === 'unreadable') throw invalidLambdaResponse()
  if ('fault' in texts) throw invalidParameter(texts.fault)
  return texts
}
