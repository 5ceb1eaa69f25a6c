import { describe, expect, it } from 'vitest'
import { confirmationMedium, recoveryMedium, simulatedDelivery } from './account-recovery.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

const pool = (settings: Partial<UserPool> = {}) => ({ uid: 'p-1', ...settings }) as UserPool
const recovery = (...names: ('verified_email' | 'verified_phone_number' | 'admin_only')[]) =>
  pool({ AccountRecoverySetting: { RecoveryMechanisms: names.map((Name, place) => ({ Name, Priority: place + 1 })).reverse() } })
const both = { email: 'ana@example.com', email_verified: 'true', phone_number: '+14325551212', phone_number_verified: 'true' }
const user = (attributes: Record<string, string>) => ({ attributes }) as User
const email = { medium: 'EMAIL', attribute: 'email', destination: 'ana@example.com' }
const phone = { medium: 'SMS', attribute: 'phone_number', destination: '+14325551212' }
const none = { fault: 'Cannot reset password for the user as there is no registered/verified email or phone_number', reason: 'no contact' }

describe('recoveryMedium', () => {
  it.each<[string, UserPool, User, unknown]>([
    ['the phone first without a setting', pool(), user(both), phone],
    ['the e-mail when the phone is not verified', pool(), user({ ...both, phone_number_verified: 'false' }), email],
    ['nothing verified', pool(), user({ email: 'ana@example.com' }), none],
    ['verified but gone', pool(), user({ email_verified: 'true' }), none],
    ['priorities, whatever the order of the list', recovery('verified_email', 'verified_phone_number'), user(both), email],
    ['the second choice', recovery('verified_email', 'verified_phone_number'), user({ ...both, email_verified: 'false' }), phone],
    ['only what is listed', recovery('verified_email'), user({ ...both, email_verified: 'false' }), none],
    [
      'administrators only',
      recovery('admin_only'),
      user(both),
      { fault: 'Contact administrator to reset password.', reason: 'admin only' },
    ],
  ])('%s', (_, of, who, answer) => {
    expect(recoveryMedium(of, who)).toEqual(answer)
  })
})

describe('recoveryMedium of users with second factors', () => {
  const settings = { MfaConfiguration: 'OPTIONAL' as const, SmsConfiguration: { SnsCallerArn: 'arn' } }
  const mfa = { smsEnabled: true, EmailMfaConfiguration: {}, SoftwareTokenMfaConfiguration: { Enabled: true } }
  const guarded = (...names: Parameters<typeof recovery>): UserPool => ({ ...recovery(...names), ...settings, mfa })
  const anywhere = ['verified_phone_number', 'verified_email'] as const
  it.each<[string, UserPool, User['mfa'], unknown]>([
    ['not by SMS when codes for signing in go there', guarded(...anywhere), { enabled: ['SMS_MFA'], preferred: 'SMS_MFA' }, email],
    ['also when it is the only one and not preferred', guarded(...anywhere), { enabled: ['SMS_MFA'] }, email],
    ['by SMS when another is preferred', guarded(...anywhere), { enabled: ['SMS_MFA', 'EMAIL_OTP'], preferred: 'EMAIL_OTP' }, phone],
    ['as ever beside an authenticator', guarded(...anywhere), { enabled: ['SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA' }, phone],
    ['nowhere when nothing is left', guarded('verified_email'), { enabled: ['EMAIL_OTP'], preferred: 'EMAIL_OTP' }, none],
    [
      'as ever where the pool has no MFA',
      { ...guarded(...anywhere), MfaConfiguration: 'OFF' },
      { enabled: ['SMS_MFA'], preferred: 'SMS_MFA' },
      phone,
    ],
  ])('%s', (_, of, own, answer) => {
    expect(recoveryMedium(of, { ...user(both), mfa: own })).toEqual(answer)
  })
})

describe('confirmationMedium', () => {
  const unverified = { email: 'ana@example.com', phone_number: '+14325551212' }
  it.each<[('email' | 'phone_number')[] | undefined, Record<string, string>, unknown]>([
    [undefined, unverified, undefined],
    [['email'], unverified, email],
    [['email', 'phone_number'], unverified, phone],
    [['email', 'phone_number'], { email: 'ana@example.com' }, email],
    [['phone_number'], { email: 'ana@example.com' }, undefined],
  ])('%j with %j', (AutoVerifiedAttributes, attributes, answer) => {
    expect(confirmationMedium(pool({ AutoVerifiedAttributes }), user(attributes))).toEqual(answer)
  })
})

describe('simulatedDelivery', () => {
  const noise = Uint8Array.of(1, 2, 2, 3)
  const bothWays = pool({ AutoVerifiedAttributes: ['email', 'phone_number'] })

  it('masks the address that was typed, as it is looked up', () => {
    expect(simulatedDelivery(bothWays, 'ana@example.com', 'recovery', noise)).toEqual({
      AttributeName: 'email',
      DeliveryMedium: 'EMAIL',
      Destination: 'a***@e***',
    })
    expect(simulatedDelivery(bothWays, '+14325551234', 'recovery', noise)).toEqual({
      AttributeName: 'phone_number',
      DeliveryMedium: 'SMS',
      Destination: '+*******1234',
    })
    const insensitive = pool({ UsernameConfiguration: { CaseSensitive: false } })
    expect(simulatedDelivery(insensitive, 'ANA@Example.com', 'recovery', noise)).toMatchObject({ Destination: 'a***@e***' })
    expect(simulatedDelivery(insensitive, 'ANA', 'recovery', noise)).toEqual(simulatedDelivery(insensitive, 'ana', 'recovery', noise))
  })

  it('makes one up for other names, out of the noise alone', () => {
    expect(simulatedDelivery(pool(), 'ana', 'recovery', noise)).toEqual({
      AttributeName: 'email',
      DeliveryMedium: 'EMAIL',
      Destination: 'b***@c***',
    })
    expect(simulatedDelivery(pool(), 'ben', 'recovery', Uint8Array.of(25, 27, 0, 0))).toMatchObject({ Destination: 'z***@b***' })
    const byPhone = pool({ AutoVerifiedAttributes: ['phone_number'] })
    expect(simulatedDelivery(byPhone, 'ana', 'recovery', noise)).toMatchObject({ Destination: '+*******0515' })
  })

  const byPhone = recovery('verified_phone_number')
  const byBoth = recovery('verified_email', 'verified_phone_number')
  it.each<[string, Partial<UserPool>, 'confirmation' | 'recovery', string, 'EMAIL' | 'SMS']>([
    ['recovery by phone', byPhone, 'recovery', 'ana', 'SMS'],
    ['recovery by phone, an e-mail address typed', byPhone, 'recovery', 'ana@example.com', 'SMS'],
    ['recovery by phone, but a confirmation', { ...byPhone, AutoVerifiedAttributes: ['email'] }, 'confirmation', 'ana', 'EMAIL'],
    ['phone as the only auto-verified attribute', { AutoVerifiedAttributes: ['phone_number'] }, 'recovery', 'ana', 'SMS'],
    ['recovery by both, phone auto-verified', { ...byBoth, AutoVerifiedAttributes: ['phone_number'] }, 'recovery', 'ana', 'SMS'],
    ['recovery by both, both auto-verified', { ...byBoth, AutoVerifiedAttributes: ['phone_number', 'email'] }, 'recovery', 'ana', 'EMAIL'],
    ['recovery by phone, e-mail auto-verified', { ...byPhone, AutoVerifiedAttributes: ['email'] }, 'recovery', 'ana', 'SMS'],
    ['recovery by both, none auto-verified', byBoth, 'recovery', '+14325551234', 'SMS'],
    ['phone as the only auto-verified attribute', { AutoVerifiedAttributes: ['phone_number'] }, 'confirmation', 'ana', 'SMS'],
    ['e-mail as the only auto-verified attribute', { AutoVerifiedAttributes: ['email'] }, 'confirmation', '+14325551234', 'EMAIL'],
  ])('uses the medium of the pool: %s', (_, settings, use, typed, medium) => {
    expect(simulatedDelivery(pool(settings), typed, use, noise)).toMatchObject({
      DeliveryMedium: medium,
      Destination: expect.stringMatching(medium === 'SMS' ? /^\+\*{7}\d{4}$/ : /^[a-z]\*{3}@[a-z]\*{3}$/),
    })
  })
})
