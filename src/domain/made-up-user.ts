import type { Provable } from './auth-factors.ts'
import { oneTimeCodeAddresses } from './passwordless.ts'
import type { AddressName } from './recipient.ts'
import { offersFactor } from './second-factor.ts'
import type { MfaFactor, User, UserMfa } from './user.ts'
import type { UserPool } from './user-pool.ts'
import { isEmail, isPhoneNumber } from './username.ts'

/** Somebody who does not exist, as far as the rules on factors look. */
export interface MadeUpUser {
  readonly user: User
  readonly provable: Pick<Provable, 'hasPassword' | 'hasPasskeys'>
}

const isOwnAddress: Readonly<Record<AddressName, (name: string) => boolean>> = { email: isEmail, phone_number: isPhoneNumber }

const mfaOf = (pool: UserPool, draw: (place: number, outOf: number) => number): UserMfa => {
  // Most who need an authenticator app have one; few who need none.
  const outOf = { SOFTWARE_TOKEN_MFA: pool.MfaConfiguration === 'ON' ? 2 : 4, SMS_MFA: 8, EMAIL_OTP: 8 }
  const hasFactor = (factor: MfaFactor, place: number) => offersFactor(pool, factor) && draw(place, outOf[factor]) === 0
  const enabled = (['SOFTWARE_TOKEN_MFA', 'SMS_MFA', 'EMAIL_OTP'] as const).filter((factor, index) => hasFactor(factor, index + 1))
  return {
    enabled,
    preferred: enabled[draw(4, enabled.length + 1)],
    passkeys: enabled.length > 0 && draw(5, 2) === 0 ? true : undefined,
    softwareToken: enabled.includes('SOFTWARE_TOKEN_MFA') ? { sealedSecret: '' } : undefined,
  }
}

/**
 * The user of a name that nobody has: whatever users of the pool are like, some of the made-up ones are too, so that no factors prove that
 * somebody exists. Drawn from `noise`, at least twelve bytes that are the same for the same name and that nobody else can compute.
 */
export const madeUpUser = (pool: UserPool, name: string, noise: Uint8Array): MadeUpUser => {
  const draw = (place: number, outOf: number) => (noise[place] ?? 0) % outOf
  const addressAt = (attribute: AddressName, place: number) => {
    const isOwn = isOwnAddress[attribute](name)
    // An alias signs in only once it is verified.
    const isAlias = isOwn && pool.AliasAttributes?.includes(attribute) === true
    const isThere = isAlias || draw(place, isOwn ? 16 : 4) !== 0
    if (!isThere) return { attributes: {}, selfNamed: [] }
    const isProved = isAlias || draw(place + 1, 8) !== 0
    const address = isOwn ? name : 'made up'
    return { attributes: { [attribute]: address, [`${attribute}_verified`]: String(isProved) }, selfNamed: isProved ? [] : [attribute] }
  }
  const [email, phone] = [addressAt('email', 6), addressAt('phone_number', 8)]
  const isInvited = draw(10, 8) === 0
  return {
    user: {
      poolUid: pool.uid,
      id: '',
      username: name,
      status: isInvited ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED',
      enabled: true,
      attributes: { ...email.attributes, ...phone.attributes },
      generation: 0,
      version: 0,
      createdAt: 0,
      modifiedAt: 0,
      mfa: mfaOf(pool, draw),
      selfNamed: [...email.selfNamed, ...phone.selfNamed],
    },
    provable: {
      hasPassword: isInvited || oneTimeCodeAddresses(pool).length === 0 || draw(11, 8) !== 0,
      hasPasskeys: draw(0, 2) === 0,
    },
  }
}
