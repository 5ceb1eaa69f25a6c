import type { CodeDeliveryDetailsType } from '../model/types.gen.ts'
import { isVerified } from './is-verified.ts'
import { madeUpDestination } from './made-up-destination.ts'
import { type AddressName, mediumOf, type Recipient, recipientAt } from './recipient.ts'
import { recoveryOrder } from './recovery-order.ts'
import { activeSecondFactors, factorAttribute } from './second-factor.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'
import { isEmail, isPhoneNumber, lookupName } from './username.ts'

/** Why no code can be sent: 'admin only' is a NotAuthorizedException, 'no contact' an InvalidParameterException. */
export interface RecoveryFault {
  readonly fault: string
  readonly reason: 'admin only' | 'no contact'
}

/** Why nobody in the pool can reset a password with a code: that is left to administrators (NotAuthorizedException). */
export const poolRecoveryFault = (pool: UserPool): string | undefined =>
  recoveryOrder(pool).includes('admin_only') ? 'Contact administrator to reset password.' : undefined

/**
 * The addresses that codes of the second factor go to: no reset code may go there too, or one mailbox would open everything (developer
 * guide, "Adding MFA to a user pool").
 * guess: every address that a sign-in could ask a second factor of is barred from password reset, not only the preferred factor's.
 */
const secondFactorAddresses = (pool: UserPool, user: User): (AddressName | undefined)[] =>
  activeSecondFactors(pool, user).map((factor) => factorAttribute[factor])

/** Where the user's password reset code goes. */
export const recoveryMedium = (pool: UserPool, user: User): Recipient | RecoveryFault => {
  const fault = poolRecoveryFault(pool)
  if (fault !== undefined) return { fault, reason: 'admin only' }
  const kept = secondFactorAddresses(pool, user)
  const attribute = recoveryOrder(pool)
    .filter((candidate) => candidate !== 'admin_only')
    .filter((candidate) => !kept.includes(candidate))
    .find((candidate) => isVerified(user.attributes, candidate))
  if (attribute !== undefined) return recipientAt(attribute, user.attributes[attribute] ?? '')
  return {
    fault: 'Cannot reset password for the user as there is no registered/verified email or phone_number',
    reason: 'no contact',
  }
}

/** Where a sign-up's confirmation code goes: to the auto-verified phone, else to the auto-verified e-mail; undefined when neither is given. */
export const confirmationMedium = (pool: UserPool, user: User): Recipient | undefined => {
  const attribute = (['phone_number', 'email'] as const).find(
    (candidate) => pool.AutoVerifiedAttributes?.includes(candidate) && user.attributes[candidate],
  )
  return attribute && recipientAt(attribute, user.attributes[attribute] ?? '')
}

/** Where codes of a kind go in this pool as far as its settings tell, the likeliest first; never empty. */
const likelyAttributes = (pool: UserPool, use: 'confirmation' | 'recovery'): AddressName[] => {
  const verified = (['email', 'phone_number'] as const).filter((attribute) => pool.AutoVerifiedAttributes?.includes(attribute))
  const asked = pool.AccountRecoverySetting?.RecoveryMechanisms?.length ? recoveryOrder(pool) : []
  const recovery = asked.filter((attribute) => attribute !== 'admin_only')
  if (use === 'recovery' && recovery.length > 0) {
    // Every pool names both ways by default; users have what the pool verifies.
    const usual = recovery.filter((attribute) => verified.includes(attribute))
    return usual.length > 0 ? usual : recovery
  }
  return verified.length > 0 ? verified : ['email', 'phone_number']
}

/**
 * What is answered about a delivery to a user who does not exist, the same each time for the same name: an address that was typed is
 * masked if the pool sends codes to such, any other name gets a made-up one of the medium that the pool would use, drawn from `noise`: at
 * least four bytes, the same for the same name, that nobody else can compute.
 */
export const simulatedDelivery = (
  pool: UserPool,
  username: string,
  use: 'confirmation' | 'recovery',
  noise: Uint8Array,
): CodeDeliveryDetailsType => {
  const name = lookupName(pool, username)
  const likely = likelyAttributes(pool, use)
  const typed = isPhoneNumber(name) ? 'phone_number' : isEmail(name) ? 'email' : undefined
  const attribute = typed !== undefined && likely.includes(typed) ? typed : (likely[0] ?? 'email')
  const Destination = madeUpDestination(attribute, name, noise)
  return { AttributeName: attribute, DeliveryMedium: mediumOf[attribute], Destination }
}
