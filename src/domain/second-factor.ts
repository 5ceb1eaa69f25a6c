import { isVerified } from './is-verified.ts'
import type { Progress, Proof } from './progress.ts'
import type { AddressName } from './recipient.ts'
import { type Recovery, recoveryOrder } from './recovery-order.ts'
import type { MfaFactor, User } from './user.ts'
import type { UserPool } from './user-pool.ts'

/** What a sign-in still owes as its second factor. */
export type SecondFactorStep =
  | { readonly kind: 'none' }
  | { readonly kind: 'ask'; readonly factor: MfaFactor }
  | { readonly kind: 'select'; readonly factors: readonly MfaFactor[] }
  | { readonly kind: 'set up'; readonly factors: readonly MfaFactor[] }
  /** One is needed, and the user has none and can't set one up. */
  | { readonly kind: 'impossible' }
  /** The sign-in is too risky for somebody without a second factor. */
  | { readonly kind: 'blocked' }

const allFactors: readonly MfaFactor[] = ['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA']

/** The attribute that a factor's codes are sent to; none for codes that an app makes. */
export const factorAttribute: Readonly<Record<MfaFactor, AddressName | undefined>> = {
  SMS_MFA: 'phone_number',
  EMAIL_OTP: 'email',
  SOFTWARE_TOKEN_MFA: undefined,
}

/** What a factor proves, as `amr` names it. */
export const factorProof = { SMS_MFA: 'sms', EMAIL_OTP: 'email_otp', SOFTWARE_TOKEN_MFA: 'otp' } as const satisfies Record<MfaFactor, Proof>

const mode = ({ MfaConfiguration = 'OFF' }: UserPool) => MfaConfiguration

/** Whether the pool lets its users have the factor; nothing while MFA is off. */
export const offersFactor = (pool: UserPool, factor: MfaFactor): boolean => {
  const { smsEnabled, EmailMfaConfiguration, SoftwareTokenMfaConfiguration } = pool.mfa
  const offered = {
    SMS_MFA: smsEnabled && pool.SmsConfiguration !== undefined,
    EMAIL_OTP: EmailMfaConfiguration !== undefined,
    SOFTWARE_TOKEN_MFA: SoftwareTokenMfaConfiguration?.Enabled === true,
  }
  return mode(pool) !== 'OFF' && offered[factor]
}

/** A software token once set up goes on working when the pool offers it no longer (developer guide, "TOTP software token MFA"). */
const has = (pool: UserPool, user: User, factor: MfaFactor): boolean => {
  const attribute = factorAttribute[factor]
  if (attribute === undefined) return user.mfa?.softwareToken !== undefined
  return offersFactor(pool, factor) && Boolean(user.attributes[attribute])
}

/** The factors that the user has switched on and could use now. */
const ownFactors = (pool: UserPool, user: User): MfaFactor[] =>
  allFactors.filter((factor) => user.mfa?.enabled.includes(factor) && has(pool, user, factor))

/** The factor that the user prefers, when it can be used now. */
const preferredFactor = (pool: UserPool, user: User): MfaFactor | undefined =>
  ownFactors(pool, user).find((factor) => factor === user.mfa?.preferred)

/** The address that resets the password, and so can't be a second factor: the pool's first way that the user did not choose for MFA. */
const reservedAddress = (pool: UserPool, user: User) => {
  const own = ownFactors(pool, user)
  const chosen = preferredFactor(pool, user) ?? (own.length === 1 ? own[0] : undefined)
  return recoveryOrder(pool).find((way) => chosen === undefined || way !== factorAttribute[chosen])
}

/** Whether the user chose the factor, or has shown to own what its codes come to. */
const isSure = (user: User, factor: MfaFactor): boolean => {
  const attribute = factorAttribute[factor]
  return attribute === undefined || user.mfa?.enabled.includes(factor) === true || isVerified(user.attributes, attribute)
}

/**
 * Whether only the reserved address could be asked, and the pool's other way reaches the user for resets.
 * guess: a user whose only usable second factor is the address that resets passwords first is asked there, and resets at the other address.
 */
const isLeftToReserved = (pool: UserPool, user: User, reserved: Recovery | undefined): boolean =>
  missingFactors(pool, user).length === 0 &&
  recoveryOrder(pool).some((way) => way !== reserved && way !== 'admin_only' && isVerified(user.attributes, way))

// guess: an address that is neither verified nor chosen for MFA is a second factor only for somebody who has no other one.
const askable = (pool: UserPool, user: User, assigned: boolean): MfaFactor[] => {
  if (mode(pool) === 'OFF') return []
  const reserved = reservedAddress(pool, user)
  const candidates = assigned ? allFactors.filter((factor) => has(pool, user, factor)) : ownFactors(pool, user)
  const free = candidates.filter((factor) => factorAttribute[factor] === undefined || factorAttribute[factor] !== reserved)
  const usable = free.length === 0 && mode(pool) === 'ON' && isLeftToReserved(pool, user, reserved) ? candidates : free
  const sure = usable.filter((factor) => isSure(user, factor))
  return sure.length > 0 ? sure : usable
}

/**
 * The second factors that a sign-in of the user can be asked for: where MFA is optional those that were switched on, where it is required all
 * that the user has. The address that resets passwords never doubles as one, unless the user chose it, which then resets none.
 */
export const activeSecondFactors = (pool: UserPool, user: User): MfaFactor[] => askable(pool, user, mode(pool) === 'ON')

/** The same of one sign-in: a risky one can be asked for those too that the user has and did not switch on. */
const secondFactorsFor = (pool: UserPool, user: User, { risk }: Pick<Progress, 'risk'>): MfaFactor[] =>
  askable(pool, user, mode(pool) === 'ON' || risk !== undefined)

/**
 * The addresses that somebody who has proved a password alone must not write, or codes of the second factor would go where the writer wants:
 * those of the factors that this sign-in can be asked for or that the user chose and, where none of them is sure, all.
 */
export const guardedAddresses = (pool: UserPool, user: User, progress: Pick<Progress, 'risk'>): ('email' | 'phone_number')[] => {
  const factors = secondFactorsFor(pool, user, progress)
  if (factors.length === 0) return []
  const guarded = factors.some((factor) => isSure(user, factor)) ? [...factors, ...(user.mfa?.enabled ?? [])] : allFactors
  return guarded.flatMap((factor) => factorAttribute[factor] ?? [])
}

/** What the user can set up in the middle of a sign-in, or (a phone number) have an administrator add. */
const missingFactors = (pool: UserPool, user: User): MfaFactor[] => {
  const reserved = reservedAddress(pool, user)
  return allFactors.filter((factor) => {
    const attribute = factorAttribute[factor]
    return offersFactor(pool, factor) && !has(pool, user, factor) && (attribute === undefined || attribute !== reserved)
  })
}

/**
 * Decides what second factor a sign-in still owes (developer guide, "Details of MFA logic at user runtime"). The preferred factor is asked
 * for, else the only one, else there is a choice. What already was the first factor is no second one.
 * guess: a user without a usable factor whose only address resets passwords is let set up a software token rather than refused.
 */
export const secondFactorStep = (pool: UserPool, user: User, progress: Progress): SecondFactorStep => {
  const { proofs, risk, secondFactor } = progress
  if (secondFactor === true) return { kind: 'none' }
  const required = mode(pool) === 'ON'
  const factors = secondFactorsFor(pool, user, progress)
  const unproved = factors.filter((factor) => !proofs.includes(factorProof[factor]))
  const preferred = preferredFactor(pool, user)
  const [first, ...others] = unproved
  if (preferred !== undefined && unproved.includes(preferred)) return { kind: 'ask', factor: preferred }
  if (first !== undefined) return others.length === 0 ? { kind: 'ask', factor: first } : { kind: 'select', factors: unproved }
  if (risk === 'MFA_REQUIRED') return { kind: 'blocked' }
  if (!required) return factors.length === 0 ? { kind: 'none' } : { kind: 'impossible' }
  const missing = missingFactors(pool, user)
  return missing.length === 0 ? { kind: 'impossible' } : { kind: 'set up', factors: missing }
}

/** Whether the sign-in may set the factor up, which only somebody without a usable one may with a first factor alone. */
export const mayBeSetUp = (pool: UserPool, user: User, progress: Progress, factor: MfaFactor): boolean => {
  const step = secondFactorStep(pool, user, progress)
  return step.kind === 'set up' && step.factors.includes(factor)
}

/** What a sign-in has reached once the factor was proved as its second one. */
export const withSecondFactor = (progress: Progress, factor: MfaFactor): Progress => ({
  ...progress,
  proofs: [...progress.proofs, factorProof[factor]],
  secondFactor: true,
})
