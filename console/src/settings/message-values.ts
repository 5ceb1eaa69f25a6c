import type { UserPoolType } from '../../../src/model/types.gen.ts'
import type { FieldFault } from '../api/form-fault.ts'
import type { MfaSettings } from './mfa-update.ts'
import type { PoolChanges } from './pool-update.ts'
import { textOrNone } from './setting-values.ts'
import { emailFault, smsFault, templateFault } from './template-fault.ts'

/** The verification messages as they are typed; an empty text means the default one. */
export interface VerificationMessageValues {
  readonly type: 'CONFIRM_WITH_CODE' | 'CONFIRM_WITH_LINK'
  readonly subject: string
  readonly message: string
  readonly linkSubject: string
  readonly linkMessage: string
  readonly sms: string
}

/** The form of a pool's verification messages. */
export const verificationMessageValues = ({ VerificationMessageTemplate: template = {} }: UserPoolType): VerificationMessageValues => ({
  type: template.DefaultEmailOption ?? 'CONFIRM_WITH_CODE',
  subject: template.EmailSubject ?? '',
  message: template.EmailMessage ?? '',
  linkSubject: template.EmailSubjectByLink ?? '',
  linkMessage: template.EmailMessageByLink ?? '',
  sms: template.SmsMessage ?? '',
})

/** What is wrong with the messages; the one with a link matters only where links are sent. */
export const verificationMessageFault = ({ type, message, linkMessage, sms }: VerificationMessageValues): FieldFault | undefined => {
  const link = { field: 'linkMessage', what: 'email message with link', text: linkMessage, carries: 'link', most: 20_000 } as const
  return (type === 'CONFIRM_WITH_LINK' ? templateFault(link) : undefined) ?? emailFault(message) ?? smsFault(sms)
}

/** What changes. */
export const verificationMessageChanges = (values: VerificationMessageValues): PoolChanges => ({
  VerificationMessageTemplate: {
    DefaultEmailOption: values.type,
    EmailSubject: textOrNone(values.subject),
    EmailMessage: textOrNone(values.message),
    EmailSubjectByLink: textOrNone(values.linkSubject),
    EmailMessageByLink: textOrNone(values.linkMessage),
    SmsMessage: textOrNone(values.sms),
  },
})

/** The invitation as it is typed; an empty text means the default one. */
export interface InvitationValues {
  readonly subject: string
  readonly message: string
  readonly sms: string
}

/** The form of a pool's invitation. */
export const invitationValues = ({ AdminCreateUserConfig }: UserPoolType): InvitationValues => ({
  subject: AdminCreateUserConfig?.InviteMessageTemplate?.EmailSubject ?? '',
  message: AdminCreateUserConfig?.InviteMessageTemplate?.EmailMessage ?? '',
  sms: AdminCreateUserConfig?.InviteMessageTemplate?.SMSMessage ?? '',
})

/** What changes. */
export const invitationChanges = ({ subject, message, sms }: InvitationValues, { AdminCreateUserConfig }: UserPoolType): PoolChanges => ({
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
    InviteMessageTemplate: { EmailSubject: textOrNone(subject), EmailMessage: textOrNone(message), SMSMessage: textOrNone(sms) },
  },
})

/** The messages of the second factor as they are typed; an empty text means the default one. */
export interface MfaMessageValues {
  readonly sms: string
  /** Whether e-mail is an MFA method, so that it has a message at all. */
  readonly hasEmail: boolean
  readonly subject: string
  readonly message: string
}

/** The form of a pool's MFA messages. */
export const mfaMessageValues = ({ SmsAuthenticationMessage }: UserPoolType, { EmailMfaConfiguration }: MfaSettings): MfaMessageValues => ({
  sms: SmsAuthenticationMessage ?? '',
  hasEmail: EmailMfaConfiguration !== undefined,
  subject: EmailMfaConfiguration?.Subject ?? '',
  message: EmailMfaConfiguration?.Message ?? '',
})

/** What is wrong with the messages. */
export const mfaMessageFault = ({ sms, hasEmail, message }: MfaMessageValues): FieldFault | undefined =>
  smsFault(sms) ?? (hasEmail ? emailFault(message) : undefined)

/** The e-mail of the second factor; it exists only while e-mail is an MFA method. */
export const emailMfaChanges = ({ subject, message }: MfaMessageValues, current: MfaSettings): Partial<MfaSettings> =>
  current.EmailMfaConfiguration === undefined
    ? {}
    : { EmailMfaConfiguration: { Subject: textOrNone(subject), Message: textOrNone(message) } }
