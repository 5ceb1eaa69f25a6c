const level = (n: 1 | 2 | 3 | 4): string => `urn:cognito:loa:${n}`

/**
 * The `acr` that methods (`amr`: pwd, otp, sms, email_otp, swk, hwk, mfa, fed) amount to (developer guide, "ACR and AMR token
 * claims"). guess: a sign-in by federation alone is of the first level.
 */
export const authenticationLevel = (amr: readonly string[]): string => {
  const used = new Set(amr)
  const message = used.has('sms') || used.has('email_otp')
  if (used.has('pwd') && used.has('otp') && !message) return level(4)
  if (used.has('swk') || used.has('hwk') || (used.has('pwd') && message)) return level(3)
  return message ? level(2) : level(1)
}
