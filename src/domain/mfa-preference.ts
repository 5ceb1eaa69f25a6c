import type { SetUserMFAPreferenceRequest, SMSMfaSettingsType } from '../model/types.gen.ts'
import { hasMultiFactorPasskeys } from './auth-factors.ts'
import { isVerified } from './is-verified.ts'
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

/** Why the user can't switch the factor on. Real accounts: aws-sdk-js-v3#4645, amplify-js#7016. */
const enablingFault = (pool: UserPool, user: User, factor: MfaFactor): string | undefined => {
  const attribute = factorAttribute[factor]
  const cannot = `User does not have delivery config set to turn on ${factor}`
  if (attribute !== undefined) return offersFactor(pool, factor) && isVerified(user.attributes, attribute) ? undefined : cannot
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

/**
 * Why the preferences can't be set (InvalidParameterException): a factor that the pool does not offer or whose address or token is not
 * verified, two preferred ones, or one switched off while MFA is required (developer guide, "User MFA preferences").
 * guess: the sentences about two preferred factors, a preferred one that is not enabled, and disabling while MFA is required are our own.
 * guess: WebAuthnMfaSettings can be switched on only where the pool counts passkeys as multi-factor, which they then are for all its users.
 */
export const preferenceFault = (pool: UserPool, user: User, preferences: MfaPreferences): string | undefined => {
  const asked = askedOf(preferences)
  if (asked.filter(([, { PreferredMfa }]) => PreferredMfa).length > 1) return 'Only one MFA can be set as preferred.'
  if (preferences.WebAuthnMfaSettings?.Enabled && !hasMultiFactorPasskeys(pool)) {
    return 'WebAuthn MFA needs a user pool whose FactorConfiguration is MULTI_FACTOR_WITH_USER_VERIFICATION.'
  }
  return asked.map((each) => factorFault(pool, user, each)).find((fault) => fault !== undefined)
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
  return { ...mfa, enabled, preferred }
}
