import type { CodeDeliveryDetailsType } from '../model/types.gen.ts'
import { maskEmail, maskPhone } from './destination.ts'
import { isVerified } from './is-verified.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'
import { isEmail, isPhoneNumber } from './username.ts'

/** Where a code goes; the destination is the address itself, not masked. */
export interface CodeMedium {
  readonly medium: 'EMAIL' | 'SMS'
  readonly attribute: 'email' | 'phone_number'
  readonly destination: string
}

/** Why no code can be sent: 'admin only' is a NotAuthorizedException, 'no contact' an InvalidParameterException. */
export interface RecoveryFault {
  readonly fault: string
  readonly reason: 'admin only' | 'no contact'
}

const mediumOf = { email: 'EMAIL', phone_number: 'SMS' } as const

const mediumTo = (user: User, attribute: 'email' | 'phone_number'): CodeMedium => ({
  medium: mediumOf[attribute],
  attribute,
  destination: user.attributes[attribute] ?? '',
})

// Without a setting the phone comes first (developer guide, "Configure password reset and recovery").
const recoveryOrder = (pool: UserPool): ('email' | 'phone_number' | 'admin_only')[] => {
  const mechanisms = pool.AccountRecoverySetting?.RecoveryMechanisms
  if (!mechanisms?.length) return ['phone_number', 'email']
  const attributes = { verified_email: 'email', verified_phone_number: 'phone_number', admin_only: 'admin_only' } as const
  return [...mechanisms].sort((a, b) => a.Priority - b.Priority).map(({ Name }) => attributes[Name])
}

/** Where the user's password reset code goes; `excluded` are media that the user's preferred MFA takes. */
export const recoveryMedium = (pool: UserPool, user: User, excluded: readonly ('EMAIL' | 'SMS')[] = []): CodeMedium | RecoveryFault => {
  const order = recoveryOrder(pool)
  if (order.includes('admin_only')) return { fault: 'Contact administrator to reset password.', reason: 'admin only' }
  const attribute = order
    .filter((candidate) => candidate !== 'admin_only')
    .find((candidate) => isVerified(user.attributes, candidate) && !excluded.includes(mediumOf[candidate]))
  if (attribute !== undefined) return mediumTo(user, attribute)
  return {
    fault: 'Cannot reset password for the user as there is no registered/verified email or phone_number',
    reason: 'no contact',
  }
}

/** Where a sign-up's confirmation code goes: to the auto-verified phone, else to the auto-verified e-mail; undefined when neither is given. */
export const confirmationMedium = (pool: UserPool, user: User): CodeMedium | undefined => {
  const attribute = (['phone_number', 'email'] as const).find(
    (candidate) => pool.AutoVerifiedAttributes?.includes(candidate) && user.attributes[candidate],
  )
  return attribute && mediumTo(user, attribute)
}

const spread = (text: string): number => {
  let state = 0x811c9dc5
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return state
}

/**
 * What is answered about a delivery to a user who does not exist, the same each time for the same name: an address that was typed is
 * masked, any other name gets a made-up one of the medium the pool would use. `seed` keeps made-up ones from being computed elsewhere.
 */
export const simulatedDelivery = (pool: UserPool, username: string, seed: string = pool.uid): CodeDeliveryDetailsType => {
  const email = (address: string): CodeDeliveryDetailsType => ({
    AttributeName: 'email',
    DeliveryMedium: 'EMAIL',
    Destination: maskEmail(address),
  })
  const phone = (number: string): CodeDeliveryDetailsType => ({
    AttributeName: 'phone_number',
    DeliveryMedium: 'SMS',
    Destination: maskPhone(number),
  })
  if (isPhoneNumber(username)) return phone(username)
  if (isEmail(username)) return email(username)
  const number = spread(`${seed}\n${username}`)
  const letter = (value: number) => String.fromCharCode(97 + (value % 26))
  const bySms = pool.AccountRecoverySetting?.RecoveryMechanisms?.length
    ? recoveryOrder(pool)[0] === 'phone_number'
    : pool.AutoVerifiedAttributes?.length === 1 && pool.AutoVerifiedAttributes[0] === 'phone_number'
  return bySms ? phone(`+1000000${String(number % 10_000).padStart(4, '0')}`) : email(`${letter(number)}@${letter(number >>> 8)}`)
}
