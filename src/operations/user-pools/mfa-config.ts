import { describedSms } from '../../domain/mfa-config.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import type { SetUserPoolMfaConfigResponse } from '../../model/types.gen.ts'

/** A pool's MFA and passkey settings as both MFA operations answer them. */
export const mfaConfig = (pool: UserPool): SetUserPoolMfaConfigResponse => {
  const { MfaConfiguration, SmsAuthenticationMessage, mfa } = pool
  return {
    MfaConfiguration: MfaConfiguration ?? 'OFF',
    SmsMfaConfiguration: mfa.smsEnabled ? { SmsAuthenticationMessage, SmsConfiguration: describedSms(pool) } : undefined,
    SoftwareTokenMfaConfiguration: mfa.SoftwareTokenMfaConfiguration,
    EmailMfaConfiguration: mfa.EmailMfaConfiguration,
    WebAuthnConfiguration: mfa.WebAuthnConfiguration,
  }
}
