import { codeParameter, type MessageKind, type MessageText, usernameParameter } from './messages.ts'

type Answered = Readonly<Record<string, unknown>>

// MessageTemplateType's limits, in UTF-16 units.
const limits = { emailMessage: [6, 20_000], smsMessage: [6, 140], emailSubject: [1, 140] } as const

type Member = keyof typeof limits

/** The link that confirms, which no page can open yet: its place is the code's, as in the pool's own messages. */
const links = /\{##[\s\S]*?##\}/g

/** What stands in the answer, if anything does. */
const given = (response: Answered, member: Member): unknown => {
  const value = response[member] ?? undefined
  return typeof value === 'string' && !value.includes(codeParameter) ? value.replace(links, codeParameter) : value
}

const place = { [codeParameter]: String.raw`\{####\}`, [usernameParameter]: String.raw`\{username\}` } as const

const anything = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`

/** As captured (amazon-cognito-identity-js#99 and #446, amplify-js#6917); the text itself, which some captures quote, is too long for a header. */
const constraint = (member: Member, sentence: string): string =>
  `1 validation error detected: Value at '${member === 'emailMessage' ? 'emailBody' : member}' failed to satisfy constraint: Member must ${sentence}`

const lacks = (text: string, kind: MessageKind, code: string | undefined): keyof typeof place | undefined => {
  if (kind === 'Invitation' && !text.includes(usernameParameter)) return usernameParameter
  return code !== undefined && !text.includes(codeParameter) ? codeParameter : undefined
}

const memberFault = (member: Member, text: string, kind: MessageKind, code: string | undefined): string | undefined => {
  const [least, most] = limits[member]
  const { length } = text.replaceAll(codeParameter, code ?? codeParameter)
  if (length < least) return constraint(member, `have length greater than or equal to ${least}`)
  if (length > most) return constraint(member, `have length less than or equal to ${most}`)
  const lacking = member === 'emailSubject' ? undefined : lacks(text, kind, code)
  return lacking && constraint(member, `satisfy regular expression pattern: ${anything}${place[lacking]}${anything}`)
}

/**
 * The words that a CustomMessage function answered for a message by this medium, as far as it answered any; 'unreadable' where they are no
 * text, and a sentence about what else is wrong with them (developer guide, "Custom message Lambda trigger"; API_MessageTemplateType).
 * guess: what a CustomMessage function answers for the medium that the message does not go by is not looked at.
 * guess: words of CustomMessage without a place for the user's name, of a wrong length, or for SMS are refused like an e-mail without a
 * place for the code.
 */
export const customTexts = (
  response: Answered,
  kind: MessageKind,
  medium: 'EMAIL' | 'SMS',
  code: string | undefined,
): Partial<MessageText> | { readonly fault: string } | 'unreadable' => {
  const [body, subject] = medium === 'EMAIL' ? (['emailMessage', 'emailSubject'] as const) : (['smsMessage', undefined] as const)
  const texts: Partial<Record<'body' | 'subject', string>> = {}
  for (const [part, member] of [['body', body] as const, ['subject', subject] as const]) {
    const text = member && given(response, member)
    if (member === undefined || text === undefined) continue
    if (typeof text !== 'string') return 'unreadable'
    const fault = memberFault(member, text, kind, code)
    if (fault !== undefined) return { fault }
    texts[part] = text
  }
  return texts
}
