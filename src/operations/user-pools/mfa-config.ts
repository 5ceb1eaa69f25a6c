import type { UserPool } from '../../domain/user-pool.ts'
import type { SetUserPoolMfaConfigResponse } from '../../model/types.gen.ts'

/** A pool's MFA and passkey settings as both MFA operations answer them. */
export const mfaConfig = ({
  MfaConfiguration,
  SmsAuthenticationMessage,
  SmsConfiguration,
  mfa,
}: UserPool): SetUserPoolMfaConfigResponse => ({
  MfaConfiguration: MfaConfiguration ?? 'OFF',
  SmsMfaConfiguration: mfa.smsEnabled ? { SmsAuthenticationMessage, SmsConfiguration } : undefined,
  SoftwareTokenMfaConfiguration: mfa.SoftwareTokenMfaConfiguration,
  EmailMfaConfiguration: mfa.EmailMfaConfiguration,
  WebAuthnConfiguration: mfa.WebAuthnConfiguration,
})
