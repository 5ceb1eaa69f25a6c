import type {
  AuthFactorType,
  SetUserPoolMfaConfigRequest,
  SmsConfigurationType,
  UpdateUserPoolRequest,
  UserPoolType,
  WebAuthnConfigurationType,
} from '../model/types.gen.ts'
import { tierFault } from './tier-fault.ts'
import type { UserPool } from './user-pool.ts'

// Measured on AWS: that a factor's member is there counts, even one that says Enabled: false; passkeys are no second factor.
const namesFactor = (input: SetUserPoolMfaConfigRequest): boolean =>
  input.SmsMfaConfiguration !== undefined || input.SoftwareTokenMfaConfiguration !== undefined || input.EmailMfaConfiguration !== undefined

const modeFault = (input: SetUserPoolMfaConfigRequest): string | undefined => {
  const isOff = (input.MfaConfiguration ?? 'OFF') === 'OFF'
  if (isOff && namesFactor(input)) return "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
  if (!isOff && !namesFactor(input)) return 'Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.'
  return input.SmsMfaConfiguration !== undefined && input.SmsMfaConfiguration.SmsConfiguration === undefined
    ? 'SmsConfiguration is required when SMS MFA is configured.'
    : undefined
}

/**
 * Why these first factors don't go with required MFA: a code signs in with one factor alone (developer guide, "Things to know about user
 * pool MFA").
 */
export const firstFactorCodesFault = (first: readonly AuthFactorType[] | undefined): string | undefined =>
  first?.some((factor) => factor === 'EMAIL_OTP' || factor === 'SMS_OTP')
    ? 'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled'
    : undefined

/** Whether a passkey signs in alone and counts as one factor, which does not go with required MFA either. */
export const letsPasskeysPassAlone = (
  first: readonly AuthFactorType[] | undefined,
  passkeys: WebAuthnConfigurationType | undefined,
): boolean => first?.includes('WEB_AUTHN') === true && passkeys?.FactorConfiguration !== 'MULTI_FACTOR_WITH_USER_VERIFICATION'

const requiredMfaFault = (pool: UserPool, passkeys: WebAuthnConfigurationType | undefined): string | undefined => {
  const first = pool.Policies.SignInPolicy?.AllowedFirstAuthFactors
  const codes = firstFactorCodesFault(first)
  if (codes !== undefined) return codes
  return letsPasskeysPassAlone(first, passkeys)
    ? 'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor'
    : undefined
}

// Measured on AWS: one label will do, even all digits. Browsers refuse public suffixes and addresses as relying parties.
const relyingPartyFault = (passkeys: WebAuthnConfigurationType | undefined): string | undefined => {
  const id = passkeys?.RelyingPartyId
  if (id === undefined) return undefined
  const isDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.(?!$)|$))+$/.test(id) && !/\.\d[^.]*$/.test(id)
  return isDomain ? undefined : `${id} is not a domain name that can be a relying party.`
}

/**
 * Why e-mail can't be a second factor of a pool with these settings.
 * guess: the sentence about e-mail MFA beside recovery by e-mail alone, which only the guide rules out, is our own.
 */
export const emailMfaFault = (settings: Pick<UserPoolType, 'EmailConfiguration' | 'AccountRecoverySetting'>): string | undefined => {
  if (settings.EmailConfiguration?.EmailSendingAccount !== 'DEVELOPER')
    return 'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT.'
  const mechanisms = settings.AccountRecoverySetting?.RecoveryMechanisms ?? []
  return mechanisms.length === 1 && mechanisms[0]?.Name === 'verified_email'
    ? 'Email MFA cannot be configured when verified_email is the only account recovery mechanism.'
    : undefined
}

/**
 * Why an SmsConfiguration can't send: it names one of two senders, not both and not none (API_SmsConfigurationType).
 * guess: the sentence about an SmsConfiguration with no sender, or with two, is our own.
 */
export const smsSenderFault = (sms: SmsConfigurationType | undefined): string | undefined =>
  sms !== undefined && Boolean(sms.SnsCallerArn) === Boolean(sms.EumsSms)
    ? 'SmsConfiguration must have either SnsCallerArn or EumsSms.'
    : undefined

/** How a pool sends SMS, as it is described: measured on AWS, from its own region where nobody named another. */
export const describedSms = ({ SmsConfiguration: sms, region }: UserPool): SmsConfigurationType | undefined =>
  sms?.SnsCallerArn ? { ...sms, SnsRegion: sms.SnsRegion ?? region } : sms

/** A pool's passkey settings as SetUserPoolMfaConfig keeps them; measured on AWS, a passkey counts as one factor where nothing is said. */
export const storedPasskeys = (given: WebAuthnConfigurationType | undefined): WebAuthnConfigurationType | undefined =>
  given && { ...given, FactorConfiguration: given.FactorConfiguration ?? 'SINGLE_FACTOR' }

/**
 * Why SetUserPoolMfaConfig refuses a combination (InvalidParameterException).
 * guess: SetUserPoolMfaConfig's sentences on SMS and relying party domains are our own.
 */
export const mfaConfigFault = (input: SetUserPoolMfaConfigRequest, pool: UserPool): string | undefined =>
  modeFault(input) ??
  smsSenderFault(input.SmsMfaConfiguration?.SmsConfiguration) ??
  (input.EmailMfaConfiguration === undefined ? undefined : emailMfaFault(pool)) ??
  (input.MfaConfiguration === 'ON' ? requiredMfaFault(pool, input.WebAuthnConfiguration) : undefined) ??
  relyingPartyFault(input.WebAuthnConfiguration)

/**
 * Why the pool's tier has no e-mail MFA or no passkeys (FeatureUnavailableInTierException).
 * guess: the names of e-mail MFA and passkeys in the tier's refusal are our own.
 */
export const mfaTierFault = (
  tier: UserPoolType['UserPoolTier'],
  { EmailMfaConfiguration, WebAuthnConfiguration }: Pick<SetUserPoolMfaConfigRequest, 'EmailMfaConfiguration' | 'WebAuthnConfiguration'>,
): string | undefined => {
  if (tier !== 'LITE') return undefined
  const features = [...(EmailMfaConfiguration ? ['Email MFA'] : []), ...(WebAuthnConfiguration ? ['Passkeys'] : [])]
  return tierFault(tier, features)
}

/**
 * Whether SMS is a second factor after UpdateUserPool, which can set up no other: a pool that gets an SmsConfiguration, or that asks
 * for MFA and has no other factor.
 * guess: an UpdateUserPool that repeats the SmsConfiguration and needs no other factor leaves SMS MFA as SetUserPoolMfaConfig set it.
 */
export const smsEnabledAfterUpdate = (pool: UserPool, input: UpdateUserPoolRequest): boolean => {
  if (input.SmsConfiguration === undefined) return false
  if (pool.SmsConfiguration === undefined || pool.mfa.smsEnabled) return true
  const other = pool.mfa.SoftwareTokenMfaConfiguration?.Enabled === true || pool.mfa.EmailMfaConfiguration !== undefined
  return (input.MfaConfiguration ?? 'OFF') !== 'OFF' && !other
}
