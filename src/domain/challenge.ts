import type { ChallengeNameType } from '../model/types.gen.ts'
import { type AppClient, hidesUserExistence } from './app-client.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

/** What a person has proved in this sign-in, as RFC 8176 method names (`pwd`, ...). */
export type Proof = 'pwd'

/** A refusal by the user's state. */
export type StatusRefusal = 'disabled' | 'not confirmed' | 'reset required'

// AWS lists both states and makes neither; what is not known to be an open account is a closed one.
const closed: readonly User['status'][] = ['ARCHIVED', 'UNKNOWN']

/** Why the user's state forbids signing in; undefined when it doesn't. Pure; every way to sign in asks it. */
export const statusRefusal = (user: User): StatusRefusal | undefined => {
  if (!user.enabled || closed.includes(user.status)) return 'disabled'
  if (user.status === 'UNCONFIRMED') return 'not confirmed'
  if (user.status === 'RESET_REQUIRED' || user.status === 'COMPROMISED') return 'reset required'
  return undefined
}

/**
 * When the state is told: a client that hides existence tells it only to somebody who proved the password, any other before the
 * password is even looked at. guess: what a client that hides existence tells is told after the password, as nothing else would hide it.
 */
export const tellsStatusFirst = (client: AppClient): boolean => !hidesUserExistence(client)

/** What comes next in a sign-in. */
export type Step =
  | { readonly kind: 'done' }
  | { readonly kind: 'challenge'; readonly name: Extract<ChallengeNameType, 'NEW_PASSWORD_REQUIRED'> }
  | { readonly kind: 'temporary password expired' }
  | { readonly kind: 'not enforceable'; readonly sentence: string }

const day = 86_400_000

/** Why no tokens may be issued: a setting they depend on is stored, and its enforcement is not built; undefined when there is none. */
export const enforcementFault = (pool: UserPool, client: AppClient): string | undefined => {
  if (pool.MfaConfiguration === 'ON') return 'MfaConfiguration ON is stored, but this server cannot ask for a second factor yet.'
  if (pool.DeviceConfiguration !== undefined) return 'DeviceConfiguration is stored, but this server cannot track devices yet.'
  if (client.RefreshTokenRotation?.Feature === 'ENABLED') {
    return 'RefreshTokenRotation ENABLED is stored, but this server cannot rotate refresh tokens yet.'
  }
  if (pool.UserPoolAddOns?.AdvancedSecurityMode === 'ENFORCED') {
    return 'AdvancedSecurityMode ENFORCED is stored, but this server cannot assess risk yet.'
  }
  if (pool.IssuerConfiguration?.Type === 'UPDATED') {
    return 'IssuerConfiguration UPDATED is stored, but this server cannot write that issuer into tokens yet.'
  }
  return undefined
}

/** Decides the next step of a sign-in from stored state and what was proved so far; the one place where that is decided. */
export const nextStep = (pool: UserPool, client: AppClient, user: User, now: number): Step => {
  const sentence = enforcementFault(pool, client)
  if (sentence !== undefined) return { kind: 'not enforceable', sentence }
  if (user.status !== 'FORCE_CHANGE_PASSWORD') return { kind: 'done' }
  // Zero counts as not given (API_PasswordPolicyType).
  const validity = (pool.Policies.PasswordPolicy?.TemporaryPasswordValidityDays || 7) * day
  if (user.temporaryPasswordAt !== undefined && now >= user.temporaryPasswordAt + validity) return { kind: 'temporary password expired' }
  return { kind: 'challenge', name: 'NEW_PASSWORD_REQUIRED' }
}
