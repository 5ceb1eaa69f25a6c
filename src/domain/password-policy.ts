import type { PasswordPolicyType } from '../model/types.gen.ts'

/** The policy of a pool that was created without one (API_PasswordPolicyType; TemporaryPasswordValidityDays in days). */
export const defaultPasswordPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
} as const satisfies PasswordPolicyType

/** The longest password that is taken, in code points (developer guide, "Adding user pool password requirements"). */
export const maximumPasswordLength = 256

// A space counts as a symbol; leading and trailing ones are refused before this is looked at.
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/
const wholePassword = /^\S.*\S$/u

/**
 * Why a new password may not be used, in AWS's words and naming the first broken rule only; no policy means the default one.
 * guess: the order of the password rules and the sentences about over-long passwords and surrounding spaces are our own.
 */
export const passwordFault = (policy: PasswordPolicyType | undefined, password: string): string | undefined => {
  const rules = policy ?? defaultPasswordPolicy
  const fault = (text: string) => `Password did not conform with policy: ${text}`
  const length = [...password].length
  if (length < (rules.MinimumLength ?? defaultPasswordPolicy.MinimumLength)) return fault('Password not long enough')
  if (length > maximumPasswordLength) return fault('Password must not be longer than 256 characters')
  // Half a surrogate pair has no UTF-8 form, so two such passwords would hash alike.
  if (!password.isWellFormed() || !wholePassword.test(password)) return fault('Password must not begin or end with a space')
  if (rules.RequireUppercase && !/[A-Z]/.test(password)) return fault('Password must have uppercase characters')
  if (rules.RequireLowercase && !/[a-z]/.test(password)) return fault('Password must have lowercase characters')
  if (rules.RequireNumbers && !/[0-9]/.test(password)) return fault('Password must have numeric characters')
  if (rules.RequireSymbols && !symbol.test(password)) return fault('Password must have symbol characters')
  return undefined
}

// Without characters that look alike, and without symbols that HTML or a template would read.
const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '!@#$%*-_=+?.'] as const
const shortest = 12

/** A random password that every policy with this MinimumLength accepts; `below(n)` answers a random whole number 0 <= x < n. */
export const temporaryPassword = (policy: PasswordPolicyType | undefined, below: (n: number) => number): string => {
  const size = Math.max(shortest, policy?.MinimumLength ?? 0)
  const every = classes.join('')
  const characters = Array.from({ length: size }, (_, place) => {
    const from = classes[place] ?? every
    return from.charAt(below(from.length))
  })
  for (let last = characters.length - 1; last > 0; last--) {
    const other = below(last + 1)
    const moved = characters[last] as string
    characters[last] = characters[other] as string
    characters[other] = moved
  }
  return characters.join('')
}
