/** Numbers of the quotas page of the developer guide; resource counts are the defaults that AWS raises on request. */

/** User pools in a region. */
export const poolsPerRegion = 1000
/** App clients of a pool. */
export const clientsPerPool = 1000
/** Resource servers of a pool. */
export const resourceServersPerPool = 25
/** Styles of managed login in a pool. */
export const brandingsPerPool = 20
/** Terms documents of a pool. */
export const termsPerPool = 40
/** Groups of a pool. */
export const groupsPerPool = 10_000
/** Groups of one user. */
export const groupsPerUser = 100
/** Custom attributes of a pool. */
export const customAttributesPerPool = 50
/** Secrets of an app client. */
export const secretsPerClient = 2
/** Confirmed devices of one user. guess: a user has at most 1,000 confirmed devices, since AWS names no number. */
export const devicesPerUser = 1000

/** Passkeys of one user. */
export const passkeysPerUser = 20

/** The window of the per-user limits, in ms. */
export const hour = 3_600_000

/** How often one user may do these things in an hour, right or wrong. */
export const hourlyLimits = {
  /** ForgotPassword and ConfirmForgotPassword together; AWS says 5 to 20 by risk. */
  forgotPassword: 20,
  resendConfirmationCode: 5,
  confirmSignUp: 15,
  changePassword: 5,
  getUserAttributeVerificationCode: 5,
  verifyUserAttribute: 15,
} as const

/** How long one-time codes are valid, in ms; those of MFA live as long as the challenge session. */
export const codeLifetimes = {
  signUp: 24 * hour,
  attributeVerification: 24 * hour,
  forgotPassword: hour,
} as const

/** Wrong guesses after which a one-time code is void. guess: a one-time code bears 15 wrong entries, since AWS names no number. */
export const guessesPerCode = 15

/** Codes of sign-ins that one user is sent in an hour, first and second factors apart; AWS says 5 to 20 for e-mail MFA by risk. */
export const messagesPerHour = 20
