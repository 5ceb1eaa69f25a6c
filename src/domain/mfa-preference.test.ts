import { describe, expect, it } from 'vitest'
import { mfaPool, plainUser } from '../../tests/support/plain-pool.ts'
import { type MfaPreferences, preferenceFault, withPreferences } from './mfa-preference.ts'
import type { User, UserMfa } from './user.ts'
import type { UserPool } from './user-pool.ts'

const pool: UserPool = { ...mfaPool, MfaConfiguration: 'OPTIONAL' }
const token = { sealedSecret: 'sealed' }
const verified = {
  phone_number: '+12065550100',
  phone_number_verified: 'true',
  email: 'ana@example.org',
  email_verified: 'true',
}

const user = (mfa?: UserMfa, attributes: Record<string, string> = verified): User => ({ ...plainUser, attributes, mfa })

const on = { Enabled: true }
const off = { Enabled: false }

describe('preferenceFault', () => {
  const fault = (preferences: MfaPreferences, who = user({ enabled: [], softwareToken: token }), of: Partial<UserPool> = {}) =>
    preferenceFault({ ...pool, ...of }, who, preferences, false)
  const cannot = (factor: string) => `User does not have delivery config set to turn on ${factor}`

  it('lets in what the user has, addresses verified or not', () => {
    const unverified = { ...verified, phone_number_verified: 'false', email_verified: 'false' }
    expect(fault({ SMSMfaSettings: on, EmailMfaSettings: on }, user(undefined, unverified))).toBeUndefined()
    expect(
      fault({ SMSMfaSettings: on, EmailMfaSettings: on, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }),
    ).toBeUndefined()
    expect(fault({})).toBeUndefined()
  })

  it.each<[keyof MfaPreferences, string]>([
    ['SMSMfaSettings', 'SMS_MFA'],
    ['EmailMfaSettings', 'EMAIL_OTP'],
    ['SoftwareTokenMfaSettings', 'SOFTWARE_TOKEN_MFA'],
  ])('refuses %s without an address or a verified token', (member, factor) => {
    expect(fault({ [member]: on }, user(undefined, {}))).toBe(cannot(factor))
  })

  it('tells a token that waits for its first code from none', () => {
    expect(fault({ SoftwareTokenMfaSettings: on }, user({ enabled: [], pendingToken: token }))).toBe(
      'User has not verified software token mfa',
    )
  })

  it('refuses addresses that the pool does not use, and keeps tokens', () => {
    const none = { mfa: { smsEnabled: false } }
    expect(fault({ SMSMfaSettings: on }, user(), none)).toBe(cannot('SMS_MFA'))
    expect(fault({ EmailMfaSettings: on }, user(), none)).toBe(cannot('EMAIL_OTP'))
    expect(fault({ SoftwareTokenMfaSettings: on }, user({ enabled: [], softwareToken: token }), none)).toBeUndefined()
  })

  it('refuses two preferred factors, and a preferred one that is off', () => {
    const preferred = { Enabled: true, PreferredMfa: true }
    expect(fault({ SMSMfaSettings: preferred, EmailMfaSettings: preferred })).toContain('Only one')
    expect(fault({ SMSMfaSettings: { Enabled: false, PreferredMfa: true } })).toContain('not enabled')
    expect(fault({ SMSMfaSettings: { PreferredMfa: true } })).toContain('not enabled')
  })

  it('keeps factors on while MFA is required', () => {
    const ON = { MfaConfiguration: 'ON' as const }
    expect(fault({ SMSMfaSettings: off }, user({ enabled: ['SMS_MFA'] }), ON)).toContain('cannot be disabled')
    expect(fault({ SMSMfaSettings: off }, user({ enabled: ['SMS_MFA'] }))).toBeUndefined()
    // Clients send all factors; what is off may be called off.
    expect(fault({ SMSMfaSettings: off }, user(), ON)).toBeUndefined()
  })

  it('takes passkeys only where they count as multi-factor', () => {
    const multi = { mfa: { ...pool.mfa, WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' as const } } }
    const withSms = { WebAuthnMfaSettings: on, SMSMfaSettings: on }
    expect(fault(withSms)).toContain('MULTI_FACTOR_WITH_USER_VERIFICATION')
    expect(preferenceFault({ ...pool, ...multi }, user(), withSms, true)).toBeUndefined()
    expect(preferenceFault({ ...pool, ...multi }, user(), withSms, false)).toContain('applicable WebAuthn credentials')
    const alone = 'WebAuthn MFA requires enabling an additional MFA setting.'
    expect(preferenceFault({ ...pool, ...multi }, user({ enabled: ['SMS_MFA'] }), { WebAuthnMfaSettings: on }, true)).toBe(alone)
    expect(fault({ WebAuthnMfaSettings: off })).toBeUndefined()
  })
})

describe('withPreferences', () => {
  const both: UserMfa = { enabled: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], preferred: 'SMS_MFA', softwareToken: token }

  it.each<[string, MfaPreferences, UserMfa]>([
    ['nothing', {}, both],
    ['another one on', { EmailMfaSettings: on }, { ...both, enabled: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] }],
    ['one on that is on', { SoftwareTokenMfaSettings: on }, both],
    ['the preferred one on again', { SMSMfaSettings: on }, both],
    ['the preferred one off', { SMSMfaSettings: off }, { ...both, enabled: ['SOFTWARE_TOKEN_MFA'], preferred: undefined }],
    [
      'another one preferred',
      { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } },
      { ...both, preferred: 'SOFTWARE_TOKEN_MFA' },
    ],
    ['passkeys on beside another', { WebAuthnMfaSettings: on, SMSMfaSettings: on }, { ...both, passkeys: true }],
    ['no preference', { SMSMfaSettings: { Enabled: true, PreferredMfa: false } }, { ...both, preferred: undefined }],
    [
      'a swap, in whatever order it comes',
      { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true }, SMSMfaSettings: off },
      { ...both, enabled: ['SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA' },
    ],
  ])('%s', (_, preferences, expected) => {
    expect(withPreferences(user(both), preferences)).toEqual(expected)
  })

  it('keeps passkeys beside another factor only', () => {
    const withPasskeys = user({ ...both, passkeys: true })
    expect(withPreferences(withPasskeys, { SMSMfaSettings: off }).passkeys).toBe(true)
    expect(withPreferences(withPasskeys, { SMSMfaSettings: off, SoftwareTokenMfaSettings: off }).passkeys).toBeUndefined()
    expect(withPreferences(withPasskeys, { WebAuthnMfaSettings: off }).passkeys).toBeUndefined()
  })

  it('begins with nothing', () => {
    expect(withPreferences(user(), { SMSMfaSettings: { Enabled: true, PreferredMfa: true } })).toEqual({
      enabled: ['SMS_MFA'],
      preferred: 'SMS_MFA',
    })
  })
})
