import { defaultPasswordPolicy } from '../domain/password-policy.ts'
import type { PasswordPolicyType } from '../model/types.gen.ts'
import { fill } from './strings/fill.ts'
import type { Strings } from './strings/strings.ts'

/** A rule that a new password keeps when the pattern (read with the flags `su`) fits. */
export interface PasswordRule {
  readonly text: string
  readonly pattern: string
  /** Worth saying only when it is broken. */
  readonly quiet?: true
}

/** The rules of a pool's policy, as `passwordFault` holds them, in words. */
export const passwordRules = (policy: PasswordPolicyType | undefined, { password: said }: Strings): PasswordRule[] => {
  const rules = policy ?? defaultPasswordPolicy
  const least = rules.MinimumLength ?? defaultPasswordPolicy.MinimumLength
  return [
    { text: fill(said.length, { count: least }), pattern: `^.{${least},}$` },
    ...(rules.RequireUppercase ? [{ text: said.upper, pattern: '[A-Z]' }] : []),
    ...(rules.RequireLowercase ? [{ text: said.lower, pattern: '[a-z]' }] : []),
    ...(rules.RequireNumbers ? [{ text: said.number, pattern: '[0-9]' }] : []),
    ...(rules.RequireSymbols ? [{ text: said.symbol, pattern: symbol }] : []),
    { text: said.edges, pattern: '^(\\S(.*\\S)?)?$', quiet: true },
  ]
}

const symbol = '[\\^$*.\\[\\]\\{\\}\\(\\)?"!@#%&\\/\\\\,><\':;\\|_~`=+ \\-]'
