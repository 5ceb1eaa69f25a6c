import type { AddressName } from './recipient.ts'
import type { UserPool } from './user-pool.ts'

/** What can reset a password. */
export type Recovery = AddressName | 'admin_only'

/**
 * The pool's ways to reset a password, the first one first; without a setting the phone comes first (developer guide, "Configure
 * password reset and recovery").
 */
export const recoveryOrder = (pool: UserPool): Recovery[] => {
  const mechanisms = pool.AccountRecoverySetting?.RecoveryMechanisms
  if (!mechanisms?.length) return ['phone_number', 'email']
  const attributes = { verified_email: 'email', verified_phone_number: 'phone_number', admin_only: 'admin_only' } as const
  return [...mechanisms].sort((a, b) => a.Priority - b.Priority).map(({ Name }) => attributes[Name])
}
