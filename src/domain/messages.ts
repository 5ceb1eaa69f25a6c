import type { UserPool } from './user-pool.ts'

/** What a message to a person says; HTML for e-mail, plain text with an empty subject for SMS. */
export interface MessageText {
  readonly subject: string
  readonly body: string
}

/** Why a verification code is sent, in the words of the CustomMessage trigger's sources. */
export type VerificationKind = 'SignUp' | 'ResendCode' | 'ForgotPassword' | 'UpdateUserAttribute' | 'VerifyUserAttribute'

/** Why a message is sent. */
export type MessageKind = VerificationKind | 'Invitation' | 'Authentication'

/** What placeholders stand for. */
export interface MessageValues {
  readonly code?: string | undefined
  readonly username: string
  /** Where a click confirms the sign-up; without it a pool that confirms by link sends the code. */
  readonly link?: string | undefined
}

/** Whether the message brings a link that confirms a sign-up: the first code and its resending do by e-mail where the pool wants it. */
export const confirmsByLink = ({ VerificationMessageTemplate }: UserPool, kind: MessageKind, medium: 'EMAIL' | 'SMS'): boolean =>
  VerificationMessageTemplate?.DefaultEmailOption === 'CONFIRM_WITH_LINK' &&
  medium === 'EMAIL' &&
  (kind === 'SignUp' || kind === 'ResendCode')

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** The text as HTML shows it. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)

/** Where a template has the code or the temporary password. */
export const codeParameter = '{####}'
/** Where an invitation has the user's name. */
export const usernameParameter = '{username}'

// In one pass: a user name that looks like a placeholder must not be filled in after it was put in.
const placeholders = /\{####\}|\{username\}|\{##([\s\S]*?)##\}/g

const filled = (template: string, values: MessageValues, html: boolean): string => {
  const shown = html ? escapeHtml : (text: string) => text
  return template.replace(placeholders, (placeholder: string, linkText: string | undefined) => {
    if (placeholder === codeParameter) return shown(values.code ?? placeholder)
    if (placeholder === usernameParameter) return shown(values.username)
    return html && values.link !== undefined ? `<a href="${escapeHtml(values.link)}">${linkText}</a>` : placeholder
  })
}

const message = (medium: 'EMAIL' | 'SMS', { subject, body }: MessageText, values: MessageValues): MessageText => ({
  subject: medium === 'EMAIL' ? filled(subject, values, false).replace(/[\r\n]+/g, ' ') : '',
  body: filled(body, values, medium === 'EMAIL'),
})

const defaultVerification = 'Your verification code is {####}'

const verificationTemplate = (
  pool: UserPool,
  kind: VerificationKind,
  medium: 'EMAIL' | 'SMS',
  { link }: Pick<MessageValues, 'link'>,
): MessageText => {
  const template = pool.VerificationMessageTemplate ?? {}
  if (medium === 'SMS') return { subject: '', body: template.SmsMessage ?? pool.SmsVerificationMessage ?? defaultVerification }
  if (link !== undefined && confirmsByLink(pool, kind, medium)) {
    const body = template.EmailMessageByLink ?? 'Please click the link below to verify your email address. {##Verify Email##}'
    return { subject: template.EmailSubjectByLink ?? 'Your verification link', body }
  }
  const subject = template.EmailSubject ?? pool.EmailVerificationSubject ?? 'Your verification code'
  return { subject, body: template.EmailMessage ?? pool.EmailVerificationMessage ?? defaultVerification }
}

/** Without a temporary password (`code`) it names the user alone. */
const invitationTemplate = (pool: UserPool, medium: 'EMAIL' | 'SMS', { code }: MessageValues): MessageText => {
  const template = pool.AdminCreateUserConfig.InviteMessageTemplate ?? {}
  const subject = template.EmailSubject ?? 'Your temporary password'
  const own = medium === 'EMAIL' ? template.EmailMessage : template.SMSMessage
  if (code !== undefined) return { subject, body: own ?? 'Your username is {username} and temporary password is {####}.' }
  // guess: a user without a password is invited in the default words where the pool's own have a place for the password.
  return { subject, body: own === undefined || own.includes(codeParameter) ? 'Your username is {username}.' : own }
}

/**
 * Whether an invitation goes out: the pool's own words for somebody with a temporary password must have a place for it (API_AdminCreateUser),
 * those of a function were looked at before.
 */
export const invitesWith = (pool: UserPool, medium: 'EMAIL' | 'SMS', values: MessageValues, own: Partial<MessageText>): boolean =>
  values.code === undefined || (own.body ?? invitationTemplate(pool, medium, values).body).includes(codeParameter)

/** With a code for signing in: MFA or first factor. */
const authenticationTemplate = (pool: UserPool, medium: 'EMAIL' | 'SMS'): MessageText => {
  const fallback = 'Your authentication code is {####}.'
  const email = pool.mfa.EmailMfaConfiguration
  return medium === 'EMAIL'
    ? { subject: email?.Subject ?? 'Your authentication code', body: email?.Message ?? fallback }
    : { subject: '', body: pool.SmsAuthenticationMessage ?? fallback }
}

const templateOf = (pool: UserPool, kind: MessageKind, medium: 'EMAIL' | 'SMS', values: MessageValues): MessageText => {
  if (kind === 'Invitation') return invitationTemplate(pool, medium, values)
  return kind === 'Authentication' ? authenticationTemplate(pool, medium) : verificationTemplate(pool, kind, medium, values)
}

/**
 * The message in the pool's words, or in `own` ones where there are some (developer guide, "Configuring MFA, authentication, verification and
 * invitation messages").
 */
export const messageText = (
  pool: UserPool,
  kind: MessageKind,
  medium: 'EMAIL' | 'SMS',
  values: MessageValues,
  own: Partial<MessageText> = {},
): MessageText => message(medium, { ...templateOf(pool, kind, medium, values), ...own }, values)

type TemplateMember =
  | 'VerificationMessageTemplate'
  | 'EmailVerificationMessage'
  | 'SmsVerificationMessage'
  | 'SmsAuthenticationMessage'
  | 'AdminCreateUserConfig'

/** The members of a pool, or of a request about one, that hold message templates. */
export type TemplateSettings = { readonly [M in TemplateMember]?: UserPool[M] | undefined }

// A code's place passes for a link's in the pattern, where the link has no words.
const hasPlaceForLink = (template: string | undefined): boolean =>
  template === undefined || [...template.matchAll(placeholders)].some(([, linkText]) => linkText !== undefined)

/** Why the pool's templates can't be used: each must have room for its code or link, invitations for the name (API_AdminCreateUserConfigType). */
export const templateFault = (settings: TemplateSettings): string | undefined => {
  const verification = settings.VerificationMessageTemplate ?? {}
  const invitation = settings.AdminCreateUserConfig?.InviteMessageTemplate ?? {}
  const checks: [path: string, template: string | undefined, needed: RegExp][] = [
    ['verificationMessageTemplate.emailMessage', verification.EmailMessage, /\{####\}/],
    ['verificationMessageTemplate.emailMessageByLink', verification.EmailMessageByLink, /\{##[\s\S]*##\}/],
    ['verificationMessageTemplate.smsMessage', verification.SmsMessage, /\{####\}/],
    ['emailVerificationMessage', settings.EmailVerificationMessage, /\{####\}/],
    ['smsVerificationMessage', settings.SmsVerificationMessage, /\{####\}/],
    ['smsAuthenticationMessage', settings.SmsAuthenticationMessage, /\{####\}/],
    ['adminCreateUserConfig.inviteMessageTemplate.emailMessage', invitation.EmailMessage, /\{username\}/],
    ['adminCreateUserConfig.inviteMessageTemplate.sMSMessage', invitation.SMSMessage, /\{username\}/],
  ]
  const broken = checks.find(([, template, needed]) => template !== undefined && !needed.test(template))
  if (broken === undefined) return hasPlaceForLink(verification.EmailMessageByLink) ? undefined : 'The message is invalid.'
  const [path, template, needed] = broken
  return `1 validation error detected: Value '${template}' at '${path}' failed to satisfy constraint: Member must satisfy regular expression pattern: .*${needed.source}.*`
}
