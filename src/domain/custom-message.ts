import { codeParameter, type MessageKind, type MessageText, usernameParameter } from './messages.ts'

type Answered = Readonly<Record<string, unknown>>

// MessageTemplateType's limits, in UTF-16 units.
const limits = { emailMessage: [6, 20_000], smsMessage: [6, 140], emailSubject: [1, 140] } as const

type Member = keyof typeof limits

/** What stands in the answer, if anything does. */
const given = (response: Answered, member: Member): unknown => response[member] ?? undefined

const lacks = (text: string, kind: MessageKind, code: string | undefined): string | undefined => {
  if (kind === 'Invitation' && !text.includes(usernameParameter)) return usernameParameter
  return code !== undefined && !text.includes(codeParameter) ? codeParameter : undefined
}

const memberFault = (member: Member, text: unknown, kind: MessageKind, code: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  if (typeof text !== 'string') return `${member} is not text`
  const [least, most] = limits[member]
  const { length } = text.replaceAll(codeParameter, code ?? codeParameter)
  if (length < least || length > most) return `${member} must have ${least} to ${most} characters`
  const lacking = member === 'emailSubject' ? undefined : lacks(text, kind, code)
  return lacking === undefined ? undefined : `${member} must contain ${lacking}`
}

/**
 * The words that a CustomMessage function answered for a message by this medium, as far as it answered any; a sentence about what is wrong
 * with them (developer guide, "Custom message Lambda trigger"; API_MessageTemplateType).
 * guess: what a CustomMessage function answers for the medium that the message does not go by is not looked at.
 */
export const customTexts = (
  response: Answered,
  kind: MessageKind,
  medium: 'EMAIL' | 'SMS',
  code: string | undefined,
): Partial<MessageText> | { readonly fault: string } => {
  const [body, subject] = medium === 'EMAIL' ? (['emailMessage', 'emailSubject'] as const) : (['smsMessage', undefined] as const)
  const texts = { body: given(response, body), subject: subject && given(response, subject) }
  const fault = memberFault(body, texts.body, kind, code) ?? (subject && memberFault(subject, texts.subject, kind, code))
  if (fault !== undefined) return { fault }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))
}
