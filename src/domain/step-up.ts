import type { AuthFactorType } from '../model/types.gen.ts'
import { acrName } from './acr-configuration.ts'
import { authenticationLevel, authenticationLevels } from './authentication-level.ts'
import type { Proof, Target } from './progress.ts'
import { factorProof } from './second-factor.ts'
import type { MfaFactor } from './user.ts'
import type { UserPool } from './user-pool.ts'

/** What a user can prove: first factors, and second factors that go with a password. */
export interface ProvableFactors {
  readonly first: readonly AuthFactorType[]
  readonly second: readonly MfaFactor[]
}

/** What a sign-in has still to prove to reach a level. */
export type StepUp =
  | { readonly kind: 'reached' }
  | { readonly kind: 'first factor'; readonly factors: readonly AuthFactorType[] }
  | { readonly kind: 'second factor'; readonly factors: readonly MfaFactor[] }
  /** The user has no factors for it; step-up sets none up. */
  | { readonly kind: 'out of reach' }

const firstProof = {
  PASSWORD: 'pwd',
  EMAIL_OTP: 'email_otp',
  SMS_OTP: 'sms',
  WEB_AUTHN: 'hwk',
  SOFTWARE_TOKEN: 'otp',
} as const satisfies Record<AuthFactorType, Proof>

const reaches = (level: string, proofs: readonly Proof[]): boolean => authenticationLevel(proofs) >= level

/** What has to be proved beyond `proofs` to reach a level: every first factor that leads there, alone or with one more. */
export const stepUp = (level: string, proofs: readonly Proof[], { first, second }: ProvableFactors): StepUp => {
  if (proofs.length > 0 && reaches(level, proofs)) return { kind: 'reached' }
  const secondReach = (proved: readonly Proof[]) => second.filter((factor) => reaches(level, [...proved, factorProof[factor]]))
  const seconds = proofs.includes('pwd') ? secondReach(proofs) : []
  if (seconds.length > 0) return { kind: 'second factor', factors: seconds }
  const firsts = first.filter((factor) => !proofs.includes(firstProof[factor]))
  const leads = (factor: AuthFactorType): boolean => {
    const proved = [...proofs, firstProof[factor]]
    if (reaches(level, proved) || (factor === 'PASSWORD' && secondReach(proved).length > 0)) return true
    return firsts.some((other) => reaches(level, [...proved, firstProof[other]]))
  }
  const factors = firsts.filter(leads)
  return factors.length > 0 ? { kind: 'first factor', factors } : { kind: 'out of reach' }
}

/** The targets that TARGET_ACR_VALUES names, in its order; names that the pool does not know are left out (API_InitiateAuth). */
export const targetsNamed = ({ AcrConfiguration: names }: Pick<UserPool, 'AcrConfiguration'>, values: string): Target[] => {
  const known = new Map(authenticationLevels.map((level) => [acrName(names, level), level]))
  return values.split(/\s+/).flatMap((name) => {
    const level = known.get(name)
    return level === undefined ? [] : [{ level, name }]
  })
}

/** The first of the targets that the user can reach from what is proved. */
export const reachableTarget = (targets: readonly Target[], proofs: readonly Proof[], factors: ProvableFactors): Target | undefined =>
  targets.find(({ level }) => stepUp(level, proofs, factors).kind !== 'out of reach')
