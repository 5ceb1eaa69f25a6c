import type { SetUserPoolMfaConfigRequest } from '../model/types.gen.ts'
import type { UserPool } from './user-pool.ts'

/** Why SetUserPoolMfaConfig refuses a combination (InvalidParameterException); guess: all sentences but the one on SMS. */
export const mfaConfigFault = (input: SetUserPoolMfaConfigRequest, pool: UserPool): string | undefined => {
  const mode = input.MfaConfiguration ?? 'OFF'
  const sms = input.SmsMfaConfiguration?.SmsConfiguration
  const otherFactor = input.SoftwareTokenMfaConfiguration?.Enabled === true || input.EmailMfaConfiguration !== undefined
  if (input.SmsMfaConfiguration !== undefined && sms === undefined) return 'SmsConfiguration is required when SMS MFA is configured.'
  if (mode !== 'OFF' && sms === undefined && !otherFactor)
    return "Invalid MFA configuration given, can't turn on MFA and not configure an MFA type."
  if (mode === 'OFF' && otherFactor) return "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
  const first = pool.Policies.SignInPolicy?.AllowedFirstAuthFactors ?? []
  const multiFactorPasskey = input.WebAuthnConfiguration?.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION'
  if (mode === 'ON' && first.some((factor) => factor === 'EMAIL_OTP' || factor === 'SMS_OTP')) {
    return 'EMAIL_OTP and SMS_OTP cannot be allowed first auth factors when MFA is required.'
  }
  if (mode === 'ON' && first.includes('WEB_AUTHN') && !multiFactorPasskey) {
    return 'WEB_AUTHN cannot be an allowed first auth factor when MFA is required, unless it counts as multi-factor.'
  }
  return recoveryFault(input, pool)
}

/** The medium that recovers an account must not be its second factor too (developer guide, "Adding MFA to a user pool"). */
const recoveryFault = (input: SetUserPoolMfaConfigRequest, pool: UserPool): string | undefined => {
  const mechanisms = pool.AccountRecoverySetting?.RecoveryMechanisms ?? []
  const onlyEmail = mechanisms.length === 1 && mechanisms[0]?.Name === 'verified_email'
  return input.EmailMfaConfiguration !== undefined && onlyEmail
    ? 'Email MFA cannot be configured when verified_email is the only account recovery mechanism.'
    : undefined
}
