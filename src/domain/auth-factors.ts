import type { AuthFactorType } from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import { isVerified } from './is-verified.ts'
import { activeSecondFactors } from './second-factor.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

/** What can begin a sign-in by choice; API_GetUserAuthFactors lists second factors too. */
export type FirstAuthFactor = Exclude<AuthFactorType, 'SOFTWARE_TOKEN'>

/** What a user can prove, as far as the store and the server's policy alone know it. */
export interface Provable {
  readonly hasPassword: boolean
  readonly hasPasskeys: boolean
  /** Codes that sign in go to addresses that nobody has proved, too. */
  readonly codesToAnyAddress: boolean
}

/** Whether passkeys that verify their user count as two factors in the pool (API_WebAuthnConfigurationType). */
export const hasMultiFactorPasskeys = (pool: UserPool): boolean =>
  pool.mfa.WebAuthnConfiguration?.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION'

/** Whether the user's own do: pool and user must both have switched it on (observed: WebAuthnMfaSettings is off until somebody sets it). */
export const usesMultiFactorPasskeys = (pool: UserPool, { mfa }: User): boolean => hasMultiFactorPasskeys(pool) && mfa?.passkeys === true

/** Whether an app client lets its users sign in by anything but the password. */
export const offersFirstFactors = ({ ExplicitAuthFlows: flows }: Pick<AppClient, 'ExplicitAuthFlows'>): boolean =>
  flows?.includes('ALLOW_USER_AUTH') === true

/** The first factors that the pool lets its users choose from. */
export const allowedFirstFactors = ({ Policies }: UserPool): readonly AuthFactorType[] =>
  Policies.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD']

/** AWS's samples list them so. */
const order: readonly FirstAuthFactor[] = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']

const owesSecondFactor = (pool: UserPool, user: User): boolean =>
  pool.MfaConfiguration === 'ON' || activeSecondFactors(pool, user).length > 0

/**
 * Whether a code that signs in may go to the address. Whoever registers under the address of somebody else can put one of their own beside
 * it, and whoever has an account can give it such an address, so one that only its user has named and nobody has proved gets codes only while
 * a sign-up waits for the confirmation that such a code would be, or where it is the only way in that there is.
 */
export const getsCodes = (pool: UserPool, user: User, attribute: 'email' | 'phone_number', provable: Provable): boolean => {
  if (!user.attributes[attribute]) return false
  if (provable.codesToAnyAddress || !user.selfNamed?.includes(attribute) || isVerified(user.attributes, attribute)) return true
  const hasVerified = isVerified(user.attributes, 'email') || isVerified(user.attributes, 'phone_number')
  if (user.status === 'CONFIRMED' && !provable.hasPassword && !provable.hasPasskeys && !hasVerified) return true
  return user.status === 'UNCONFIRMED' && pool.AutoVerifiedAttributes?.includes(attribute) === true
}

/**
 * The first factors that the user can sign in with by choice (USER_AUTH): allowed by the pool, there for this user, and not ruled out
 * by MFA, which goes with passwords and with multi-factor passkeys alone (developer guide, "Things to know about user pool MFA"). A client
 * without ALLOW_USER_AUTH offers no choice but the password.
 */
export const configuredFactors = (pool: UserPool, client: AppClient | undefined, user: User, provable: Provable): FirstAuthFactor[] => {
  const { hasPassword, hasPasskeys } = provable
  const allowed = allowedFirstFactors(pool)
  const choice = client === undefined || offersFirstFactors(client)
  const singleFactor = choice && !owesSecondFactor(pool, user)
  const has: Record<FirstAuthFactor, boolean> = {
    PASSWORD: hasPassword,
    EMAIL_OTP: singleFactor && getsCodes(pool, user, 'email', provable),
    SMS_OTP: singleFactor && getsCodes(pool, user, 'phone_number', provable),
    WEB_AUTHN: choice && hasPasskeys && (singleFactor || usesMultiFactorPasskeys(pool, user)),
  }
  return order.filter((factor) => allowed.includes(factor) && has[factor])
}
