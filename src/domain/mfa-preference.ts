import type { SetUserMFAPreferenceRequest, SMSMfaSettingsType } from '../model/types.gen.ts'
import { hasMultiFactorPasskeys } from './auth-factors.ts'
import { factorAttribute, offersFactor } from './second-factor.ts'
import type { MfaFactor, User, UserMfa } from './user.ts'
import type { UserPool } from './user-pool.ts'

/** What SetUserMFAPreference and its twin ask for; a factor that is left out stays as it is. */
export type MfaPreferences = Pick<
  SetUserMFAPreferenceRequest,
  'SMSMfaSettings' | 'EmailMfaSettings' | 'SoftwareTokenMfaSettings' | 'WebAuthnMfaSettings'
>

type Asked = readonly [factor: MfaFactor, settings: SMSMfaSettingsType]

const askedOf = (preferences: MfaPreferences): Asked[] =>
  (
    [
      ['SMS_MFA', preferences.SMSMfaSettings],
      ['EMAIL_OTP', preferences.EmailMfaSettings],
      ['SOFTWARE_TOKEN_MFA', preferences.SoftwareTokenMfaSettings],
    ] as const
  ).flatMap(([factor, settings]) => (settings === undefined ? [] : [[factor, settings] as const]))

/**
 * Why the user can't switch the factor on (real accounts: aws-sdk-js-v3#4645, amplify-js#7016). An address need not be verified: the first
 * code does that (developer guide, "SMS and email message MFA"; a real account: amplify-js#11259).
 */
const enablingFault = (pool: UserPool, user: User, factor: MfaFactor): string | undefined => {
  const attribute = factorAttribute[factor]
  const cannot = `User does not have delivery config set to turn on ${factor}`
  if (attribute !== undefined) return offersFactor(pool, factor) && user.attributes[attribute] ? undefined : cannot
  if (user.mfa?.softwareToken !== undefined) return undefined
  return user.mfa?.pendingToken === undefined ? cannot : 'User has not verified software token mfa'
}

const factorFault = (pool: UserPool, user: User, [factor, { Enabled, PreferredMfa }]: Asked): string | undefined => {
  if (Enabled) return enablingFault(pool, user, factor)
  if (PreferredMfa) return `${factor} cannot be the preferred MFA while it is not enabled.`
  return pool.MfaConfiguration === 'ON' && user.mfa?.enabled.includes(factor)
    ? `${factor} cannot be disabled while the user pool requires MFA.`
    : undefined
}

/** Real accounts: another factor has to be switched on in the same request, even when it is on already. */
const passkeyFault = (pool: UserPool, asked: readonly Asked[], hasPasskeys: boolean): string | undefined => {
  if (!hasMultiFactorPasskeys(pool)) {
    return 'WebAuthn MFA needs a user pool whose FactorConfiguration is MULTI_FACTOR_WITH_USER_VERIFICATION.'
  }
  if (!asked.some(([, { Enabled }]) => Enabled)) return 'WebAuthn MFA requires enabling an additional MFA setting.'
  return hasPasskeys ? undefined : 'User does not have applicable WebAuthn credentials to enable WebAuthn MFA.'
}

/**
 * Why the preferences can't be set (InvalidParameterException): a factor that the pool does not offer, whose address is missing or whose token
 * is not verified, two preferred ones, or one switched off while MFA is required (developer guide, "User MFA preferences").
 * guess: the sentences about two preferred factors, a preferred one that is not enabled, and disabling while MFA is required are our own.
 * guess: the sentence about WebAuthnMfaSettings in a pool that counts passkeys as one factor is our own.
 */
export const preferenceFault = (pool: UserPool, user: User, preferences: MfaPreferences, hasPasskeys: boolean): string | undefined => {
  const asked = askedOf(preferences)
  if (asked.filter(([, { PreferredMfa }]) => PreferredMfa).length > 1) return 'Only one MFA can be set as preferred.'
  const fault = asked.map((each) => factorFault(pool, user, each)).find((each) => each !== undefined)
  return fault ?? (preferences.WebAuthnMfaSettings?.Enabled ? passkeyFault(pool, asked, hasPasskeys) : undefined)
}

/**
 * The user's factors with sound preferences set. What is switched off is preferred no longer; a factor that says nothing of preference keeps
 * it, as clients expect that enable one without changing the preference.
 */
export const withPreferences = ({ mfa = { enabled: [] } }: User, preferences: MfaPreferences): UserMfa => {
  let { enabled, preferred } = mfa
  for (const [factor, { Enabled, PreferredMfa }] of askedOf(preferences)) {
    if (!Enabled) enabled = enabled.filter((each) => each !== factor)
    else if (!enabled.includes(factor)) enabled = [...enabled, factor]
    if (PreferredMfa) preferred = factor
    else if (preferred === factor && (!Enabled || PreferredMfa === false)) preferred = undefined
  }
  // Passkeys stand beside another factor, so that nobody is locked out with the passkey.
  const passkeys = enabled.length > 0 && (preferences.WebAuthnMfaSettings?.Enabled ?? mfa.passkeys === true)
  return { ...mfa, enabled, preferred, passkeys: passkeys || undefined }
}
