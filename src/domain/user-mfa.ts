import type { MfaFactor, SoftwareToken, User, UserMfa } from './user.ts'

const none: UserMfa = { enabled: [] }

/** The user's factors after a sign-in set one up. */
export const withFactor = ({ mfa = none }: User, factor: MfaFactor): UserMfa => ({
  ...mfa,
  enabled: mfa.enabled.includes(factor) ? mfa.enabled : [...mfa.enabled, factor],
})

/** The user's factors while a new software token waits for its first code; one that works goes on working. */
export const withPendingToken = ({ mfa = none }: User, pendingToken: SoftwareToken): UserMfa => ({ ...mfa, pendingToken })

/** The user's factors once a software token was verified: it takes the place of an earlier one. */
export const withToken = ({ mfa = none }: User, softwareToken: SoftwareToken): UserMfa => ({
  ...mfa,
  softwareToken,
  pendingToken: undefined,
})

/** The user's factors without any software token, and without the preference for it (API_AdminDeleteSoftwareToken). */
export const withoutToken = ({ mfa = none }: User): UserMfa => {
  const enabled = mfa.enabled.filter((factor) => factor !== 'SOFTWARE_TOKEN_MFA')
  return {
    enabled,
    preferred: mfa.preferred === 'SOFTWARE_TOKEN_MFA' ? undefined : mfa.preferred,
    passkeys: enabled.length > 0 ? mfa.passkeys : undefined,
  }
}
