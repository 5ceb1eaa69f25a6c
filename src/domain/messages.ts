import type { UserPool } from './user-pool.ts'

/** What a message to a person says; HTML for e-mail, plain text with an empty subject for SMS. */
export interface MessageText {
  readonly subject: string
  readonly body: string
}

/** Why a verification code is sent, in the words of the CustomMessage trigger's sources. */
export type VerificationKind = 'SignUp' | 'ResendCode' | 'ForgotPassword' | 'UpdateUserAttribute' | 'VerifyUserAttribute'

/** What placeholders stand for. */
export interface MessageValues {
  readonly code?: string | undefined
  readonly username: string
  /** Where a click confirms the sign-up; without it a pool that confirms by link sends the code. */
  readonly link?: string | undefined
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)

// In one pass: a user name that looks like a placeholder must not be filled in after it was put in.
const placeholders = /\{####\}|\{username\}|\{##([\s\S]*?)##\}/g

const filled = (template: string, values: MessageValues, html: boolean): string => {
  const shown = html ? escapeHtml : (text: string) => text
  return template.replace(placeholders, (placeholder: string, linkText: string | undefined) => {
    if (placeholder === '{####}') return shown(values.code ?? placeholder)
    if (placeholder === '{username}') return shown(values.username)
    return html && values.link !== undefined ? `<a href="${escapeHtml(values.link)}">${linkText}</a>` : placeholder
  })
}

const message = (medium: 'EMAIL' | 'SMS', subject: string, body: string, values: MessageValues): MessageText => ({
  subject: medium === 'EMAIL' ? filled(subject, values, false).replace(/[\r\n]+/g, ' ') : '',
  body: filled(body, values, medium === 'EMAIL'),
})

const defaultVerification = 'Your verification code is {####}'

/**
 * The message with a verification or recovery code, or with a link when the pool confirms sign-ups so; only the first code and its
 * resending use the link (developer guide, "Configuring MFA, authentication, verification and invitation messages").
 */
export const verificationMessage = (
  pool: UserPool,
  kind: VerificationKind,
  medium: 'EMAIL' | 'SMS',
  values: MessageValues,
): MessageText => {
  const template = pool.VerificationMessageTemplate ?? {}
  if (medium === 'SMS') return message(medium, '', template.SmsMessage ?? pool.SmsVerificationMessage ?? defaultVerification, values)
  const confirms = kind === 'SignUp' || kind === 'ResendCode'
  if (confirms && template.DefaultEmailOption === 'CONFIRM_WITH_LINK' && values.link !== undefined) {
    const body = template.EmailMessageByLink ?? 'Please click the link below to verify your email address. {##Verify Email##}'
    return message(medium, template.EmailSubjectByLink ?? 'Your verification link', body, values)
  }
  const subject = template.EmailSubject ?? pool.EmailVerificationSubject ?? 'Your verification code'
  return message(medium, subject, template.EmailMessage ?? pool.EmailVerificationMessage ?? defaultVerification, values)
}

/** The invitation that AdminCreateUser sends; without a temporary password (`code`) it names the user alone. */
export const invitationMessage = (pool: UserPool, medium: 'EMAIL' | 'SMS', values: MessageValues): MessageText => {
  const template = pool.AdminCreateUserConfig.InviteMessageTemplate ?? {}
  const fallback =
    values.code === undefined ? 'Your username is {username}.' : 'Your username is {username} and temporary password is {####}.'
  const own = medium === 'EMAIL' ? template.EmailMessage : template.SMSMessage
  return message(medium, template.EmailSubject ?? 'Your temporary password', own ?? fallback, values)
}

/** The message with a code for signing in (MFA or first factor). */
export const authenticationMessage = (pool: UserPool, medium: 'EMAIL' | 'SMS', values: MessageValues): MessageText => {
  const fallback = 'Your authentication code is {####}.'
  const email = pool.mfa.EmailMfaConfiguration
  return medium === 'EMAIL'
    ? message(medium, email?.Subject ?? 'Your authentication code', email?.Message ?? fallback, values)
    : message(medium, '', pool.SmsAuthenticationMessage ?? fallback, values)
}

type TemplateMember =
  | 'VerificationMessageTemplate'
  | 'EmailVerificationMessage'
  | 'SmsVerificationMessage'
  | 'SmsAuthenticationMessage'
  | 'AdminCreateUserConfig'

/** The members of a pool, or of a request about one, that hold message templates. */
export type TemplateSettings = { readonly [M in TemplateMember]?: UserPool[M] | undefined }

/** Why the pool's templates can't be used: each must have room for its code or link, invitations for the name too. */
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
    ['adminCreateUserConfig.inviteMessageTemplate.emailMessage', invitation.EmailMessage, /\{####\}/],
    ['adminCreateUserConfig.inviteMessageTemplate.emailMessage', invitation.EmailMessage, /\{username\}/],
    ['adminCreateUserConfig.inviteMessageTemplate.sMSMessage', invitation.SMSMessage, /\{####\}/],
    ['adminCreateUserConfig.inviteMessageTemplate.sMSMessage', invitation.SMSMessage, /\{username\}/],
  ]
  const broken = checks.find(([, template, needed]) => template !== undefined && !needed.test(template))
  if (broken === undefined) return undefined
  const [path, template, needed] = broken
  return `1 validation error detected: Value '${template}' at '${path}' failed to satisfy constraint: Member must satisfy regular expression pattern: .*${needed.source}.*`
}
