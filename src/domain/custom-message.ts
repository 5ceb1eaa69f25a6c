import { codeParameter, type MessageKind, type MessageText, usernameParameter } from './messages.ts'

type Answered = Readonly<Record<string, unknown>>

// MessageTemplateType's limits, in UTF-16 units.
const limits = { emailMessage: [6, 20_000], smsMessage: [6, 140], emailSubject: [1, 140] } as const

type Member = keyof typeof limits

/** A message as far as its words depend on it. */
export interface MessageFrame {
  readonly kind: MessageKind
  readonly medium: 'EMAIL' | 'SMS'
  readonly code: string | undefined
  /** It may bring a link that confirms the sign-up. */
  readonly byLink: boolean
}

const hasLinkPlace = (text: string): boolean => text.includes('{##') && text.includes('##}', text.indexOf('{##') + 3)

const anything = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`

const place = {
  [codeParameter]: String.raw`\{####\}`,
  [usernameParameter]: String.raw`\{username\}`,
  link: String.raw`\{##${anything}##\}`,
} as const

/** As captured (amazon-cognito-identity-js#99 and #446, amplify-js#6917); the text itself, which some captures quote, is too long for a header. */
const constraint = (member: Member, sentence: string): string =>
  `1 validation error detected: Value at '${member === 'emailMessage' ? 'emailBody' : member}' failed to satisfy constraint: Member must ${sentence}`

const lacks = (text: string, { kind, code, byLink }: MessageFrame): keyof typeof place | undefined => {
  if (kind === 'Invitation' && !text.includes(usernameParameter)) return usernameParameter
  if (code === undefined || text.includes(codeParameter)) return undefined
  if (byLink) return hasLinkPlace(text) ? undefined : 'link'
  return codeParameter
}

const memberFault = (member: Member, text: string, frame: MessageFrame): string | undefined => {
  const [least, most] = limits[member]
  const { length } = text.replaceAll(codeParameter, frame.code ?? codeParameter)
  if (length < least) return constraint(member, `have length greater than or equal to ${least}`)
  if (length > most) return constraint(member, `have length less than or equal to ${most}`)
  const lacking = member === 'emailSubject' ? undefined : lacks(text, frame)
  return lacking && constraint(member, `satisfy regular expression pattern: ${anything}${place[lacking]}${anything}`)
}

/**
 * The words that a CustomMessage function answered for a message by this medium, as far as it answered any; 'unreadable' where they are no
 * text, and a sentence about what else is wrong with them (developer guide, "Custom message Lambda trigger"; API_MessageTemplateType).
 * guess: what a CustomMessage function answers for the medium that the message does not go by is not looked at.
 * guess: words of CustomMessage without a place for the user's name, of a wrong length, or for SMS are refused like an e-mail without a
 * place for the code.
 * guess: where a sign-up is confirmed by link, words of CustomMessage may have a place for the link, for the code, or for both.
 */
export const customTexts = (response: Answered, frame: MessageFrame): Partial<MessageText> | { readonly fault: string } | 'unreadable' => {
  const [body, subject] = frame.medium === 'EMAIL' ? (['emailMessage', 'emailSubject'] as const) : (['smsMessage', undefined] as const)
  const texts: Partial<Record<'body' | 'subject', string>> = {}
  for (const [part, member] of [['body', body] as const, ['subject', subject] as const]) {
    const text = member && (response[member] ?? undefined)
    if (member === undefined || text === undefined) continue
    if (typeof text !== 'string') return 'unreadable'
    const fault = memberFault(member, text, frame)
    if (fault !== undefined) return { fault }
    texts[part] = text
  }
  return texts
}
