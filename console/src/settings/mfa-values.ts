import type { UserPoolType } from '../../../src/model/types.gen.ts'
import type { MfaSettings } from './mfa-update.ts'

/** MFA as it is chosen. */
export interface MfaValues {
  readonly mode: 'OFF' | 'OPTIONAL' | 'ON'
  readonly totp: boolean
  readonly sms: boolean
  readonly email: boolean
}

/** The form of a pool's MFA. */
export const mfaValues = (current: MfaSettings): MfaValues => ({
  mode: current.MfaConfiguration ?? 'OFF',
  totp: current.SoftwareTokenMfaConfiguration?.Enabled === true,
  sms: current.SmsMfaConfiguration !== undefined,
  email: current.EmailMfaConfiguration !== undefined,
})

/** What is missing, as a sentence that says where to put it. */
export const mfaFault = ({ mode, totp, sms, email }: MfaValues, pool: UserPoolType): string | undefined => {
  if (mode === 'OFF') return undefined
  if (!totp && !sms && !email) return 'Choose at least one MFA method.'
  if (sms && pool.SmsConfiguration === undefined) return 'SMS needs a configuration first: Authentication methods, SMS.'
  if (!email) return undefined
  if (pool.EmailConfiguration?.EmailSendingAccount !== 'DEVELOPER') {
    return 'Email as a second factor needs email that is sent with Amazon SES: Authentication methods, Email.'
  }
  const recovery = pool.AccountRecoverySetting?.RecoveryMechanisms ?? []
  return recovery.length === 1 && recovery[0]?.Name === 'verified_email'
    ? 'Email can’t be a second factor while it is the only way to recover an account: Sign-in, Account recovery.'
    : undefined
}

/** What changes; messages of methods that stay are kept. */
export const mfaChanges = ({ mode, totp, sms, email }: MfaValues, current: MfaSettings, pool: UserPoolType): Partial<MfaSettings> => ({
  MfaConfiguration: mode,
  SoftwareTokenMfaConfiguration: totp ? { Enabled: true } : undefined,
  SmsMfaConfiguration: sms
    ? {
        ...(pool.SmsAuthenticationMessage !== undefined && { SmsAuthenticationMessage: pool.SmsAuthenticationMessage }),
        ...(pool.SmsConfiguration !== undefined && { SmsConfiguration: pool.SmsConfiguration }),
      }
    : undefined,
  EmailMfaConfiguration: email ? (current.EmailMfaConfiguration ?? {}) : undefined,
})
