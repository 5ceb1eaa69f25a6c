import type { UserPoolType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'
import { numberFault } from './setting-values.ts'

/** The password policy as it is typed. */
export interface PasswordPolicyValues {
  readonly minimum: string
  readonly uppercase: boolean
  readonly lowercase: boolean
  readonly numbers: boolean
  readonly symbols: boolean
  readonly days: string
  readonly history: string
}

/** The form of a pool's password policy. */
export const passwordPolicyValues = ({ Policies }: UserPoolType): PasswordPolicyValues => {
  const policy = Policies?.PasswordPolicy ?? {}
  return {
    minimum: String(policy.MinimumLength ?? 8),
    uppercase: policy.RequireUppercase ?? false,
    lowercase: policy.RequireLowercase ?? false,
    numbers: policy.RequireNumbers ?? false,
    symbols: policy.RequireSymbols ?? false,
    days: String(policy.TemporaryPasswordValidityDays ?? 7),
    history: String(policy.PasswordHistorySize ?? 0),
  }
}

/** What is wrong with it, as a sentence (ranges of API_PasswordPolicyType). */
export const passwordPolicyFault = ({ minimum, days, history }: PasswordPolicyValues): string | undefined =>
  numberFault('The minimum length', minimum, 6, 99) ??
  numberFault('The validity of temporary passwords', days, 1, 365) ??
  numberFault('The number of previous passwords', history, 0, 24)

/** What changes; no history is left out, because the Lite plan has none. */
export const passwordPolicyChanges = (values: PasswordPolicyValues, { Policies }: UserPoolType): PoolChanges => ({
  Policies: {
    ...Policies,
    PasswordPolicy: {
      MinimumLength: Number(values.minimum),
      RequireUppercase: values.uppercase,
      RequireLowercase: values.lowercase,
      RequireNumbers: values.numbers,
      RequireSymbols: values.symbols,
      TemporaryPasswordValidityDays: Number(values.days),
      ...(Number(values.history) > 0 && { PasswordHistorySize: Number(values.history) }),
    },
  },
})
