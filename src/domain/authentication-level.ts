/** The levels by their default names, weakest first (developer guide, "ACR authentication levels"). */
export const authenticationLevels = ['urn:cognito:loa:1', 'urn:cognito:loa:2', 'urn:cognito:loa:3', 'urn:cognito:loa:4'] as const

const level = (n: 1 | 2 | 3 | 4): string => authenticationLevels[(n - 1) as 0 | 1 | 2 | 3]

/**
 * The `acr` that methods (`amr`: pwd, otp, sms, email_otp, swk, hwk, mfa, fed) amount to: the highest level that they satisfy (developer
 * guide, "ACR authentication levels"). guess: a sign-in by federation or by custom challenges alone is of the first level.
 */
export const authenticationLevel = (amr: readonly string[]): string => {
  const used = new Set(amr)
  const message = used.has('sms') || used.has('email_otp')
  if (used.has('pwd') && used.has('otp')) return level(4)
  if (used.has('swk') || used.has('hwk') || (used.has('pwd') && message)) return level(3)
  return message ? level(2) : level(1)
}

/** The `amr` of a sign-in: what was proved, and `mfa` behind two or more distinct factors (developer guide, "AMR values"). */
export const authenticationMethods = (proofs: readonly string[]): string[] => {
  const methods = [...new Set(proofs)]
  return methods.length > 1 ? [...methods, 'mfa'] : methods
}
