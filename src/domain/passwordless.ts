import type { AppClient } from './app-client.ts'
import type { AddressName } from './recipient.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

/** The addresses to which the pool sends one-time codes that begin a sign-in. */
export const oneTimeCodeAddresses = (pool: UserPool): AddressName[] => {
  const factors = pool.Policies.SignInPolicy?.AllowedFirstAuthFactors ?? []
  return [
    ...(factors.includes('EMAIL_OTP') ? (['email'] as const) : []),
    ...(factors.includes('SMS_OTP') ? (['phone_number'] as const) : []),
  ]
}

/** Whether the user has an address to which the pool would send one-time codes. */
export const hasOneTimeCodeAddress = (pool: UserPool, { attributes }: User): boolean =>
  oneTimeCodeAddresses(pool).some((address) => attributes[address])

/**
 * Whether somebody may sign up without a password: pool and client let users sign in with one-time codes, and this one gives an address for
 * them that the pool verifies (developer guide, "Passwords at sign-up").
 */
export const maySignUpWithoutPassword = (pool: UserPool, client: AppClient, { attributes }: User): boolean =>
  client.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH') === true &&
  oneTimeCodeAddresses(pool).some((address) => attributes[address] && pool.AutoVerifiedAttributes?.includes(address))
