import type { AuthFactorType } from '../model/types.gen.ts'
import { type AppClient, hidesUserExistence } from './app-client.ts'
import type { Device } from './device.ts'
import type { Progress } from './progress.ts'
import { type SecondFactorStep, secondFactorStep } from './second-factor.ts'
import { type ProvableFactors, stepUp } from './step-up.ts'
import type { MfaFactor, User } from './user.ts'
import type { UserPool } from './user-pool.ts'

/** Every refusal by the user's state. */
export const statusRefusals = ['disabled', 'not confirmed', 'reset required'] as const

/** A refusal by the user's state. */
export type StatusRefusal = (typeof statusRefusals)[number]

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
 * The refusals that do not end a sign-in yet: where custom authentication began with SRP_A, somebody whose password was reset may prove the old
 * one, so that DefineAuthChallenge can ask for a new one (developer guide, "Custom authentication challenge Lambda triggers").
 */
export const toleratedRefusals = ({ flow, rounds, customDone }: Progress): readonly StatusRefusal[] =>
  flow === 'custom' && customDone !== true && rounds?.[0]?.challengeName === 'SRP_A' ? ['reset required'] : []

/** Whether the sign-in may ask the user for a new password instead of the one that was proved. */
export const replacesPassword = ({ status }: User, progress: Progress): boolean =>
  status === 'FORCE_CHANGE_PASSWORD' || (status === 'RESET_REQUIRED' && toleratedRefusals(progress).includes('reset required'))

/**
 * When the state is told: a client that hides existence tells it only to somebody who proved the password, any other before the
 * password is even looked at. guess: what a client that hides existence tells is told after the password, as nothing else would hide it.
 */
export const tellsStatusFirst = (client: AppClient): boolean => !hidesUserExistence(client)

/** What comes next in a sign-in. */
export type Step =
  | { readonly kind: 'done' }
  | { readonly kind: 'new password' }
  | { readonly kind: 'temporary password expired' }
  /** DefineAuthChallenge says what comes next. */
  | { readonly kind: 'custom' }
  /** The remembered device has to prove itself. */
  | { readonly kind: 'device' }
  /** What was proved does not reach the level that was asked for (step-up). */
  | { readonly kind: 'first factor'; readonly factors: readonly AuthFactorType[] }
  | { readonly kind: 'second factor'; readonly step: Exclude<SecondFactorStep, { kind: 'none' }> }

/** What the decision rests on besides pool, client, user and progress. */
export interface Facts {
  /** Epoch milliseconds. */
  readonly now: number
  /** The device that the client says it is, when the user confirmed one with that key. */
  readonly device: Device | undefined
  /** What the user could prove; only where the sign-in aims at a level. */
  readonly provable?: ProvableFactors | undefined
}

const day = 86_400_000

/** Whether the proof of a device that is still remembered stands in for the second factor (API_DeviceConfigurationType). */
const deviceStandsIn = (pool: UserPool, progress: Progress, device: Device | undefined): boolean =>
  device?.remembered === true && progress.deviceProved === true && pool.DeviceConfiguration?.ChallengeRequiredOnNewDevice === true

/** Whether the user has a temporary password that is older than the pool lets one be. */
export const hasExpiredPassword = (pool: UserPool, { temporaryPasswordAt }: User, now: number): boolean => {
  // Zero counts as not given (API_PasswordPolicyType).
  const validity = (pool.Policies.PasswordPolicy?.TemporaryPasswordValidityDays || 7) * day
  return temporaryPasswordAt !== undefined && now >= temporaryPasswordAt + validity
}

const ofFactors = (factors: readonly MfaFactor[]): Step => {
  const [only, ...others] = factors
  return {
    kind: 'second factor',
    step: only !== undefined && others.length === 0 ? { kind: 'ask', factor: only } : { kind: 'select', factors },
  }
}

/** What a level that was asked for still takes; it may choose between second factors that are owed anyway, and never waives one. */
const targetStep = ({ target, proofs }: Progress, provable: ProvableFactors | undefined): Step | undefined => {
  if (target === undefined || provable === undefined) return undefined
  const owed = stepUp(target.level, proofs, provable)
  if (owed.kind === 'second factor') return ofFactors(owed.factors)
  if (owed.kind === 'first factor') return owed
  // A factor that has gone meanwhile.
  return owed.kind === 'out of reach' ? { kind: 'second factor', step: { kind: 'impossible' } } : undefined
}

const mfaStep = (pool: UserPool, user: User, progress: Progress, device: Device | undefined): Step | undefined => {
  if (deviceStandsIn(pool, progress, device)) return undefined
  const step = secondFactorStep(pool, user, progress)
  return step.kind === 'none' ? undefined : { kind: 'second factor', step }
}

/**
 * Decides the next step of a sign-in from stored state and what was proved so far; the one place where that is decided. The order: a
 * custom challenge's own rounds, a first password, a remembered device, the level that was asked for, the second factor.
 */
export const nextStep = (pool: UserPool, user: User, progress: Progress, { now, device, provable }: Facts): Step => {
  if (progress.flow === 'custom' && progress.customDone !== true) {
    // The second factor follows the password at once, and DefineAuthChallenge sees its result (developer guide, "Define Auth challenge").
    const asked = progress.proofs.includes('pwd') && !replacesPassword(user, progress)
    return (asked ? mfaStep(pool, user, progress, device) : undefined) ?? { kind: 'custom' }
  }
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    return { kind: hasExpiredPassword(pool, user, now) ? 'temporary password expired' : 'new password' }
  }
  // guess: a remembered device is asked to prove itself whether or not the pool has MFA, before any second factor.
  if (device?.remembered && progress.deviceProved !== true) return { kind: 'device' }
  return targetStep(progress, provable) ?? mfaStep(pool, user, progress, device) ?? { kind: 'done' }
}
