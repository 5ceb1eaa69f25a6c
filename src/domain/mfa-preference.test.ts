import { describe, expect, it } from 'vitest'
import { type MfaPreferences, preferenceFault, withPreferences } from './mfa-preference.ts'
import type { User, UserMfa } from './user.ts'
import type { UserPool } from './user-pool.ts'

const pool: UserPool = {
  uid: 'uid',
  region: 'eu-west-1',
  version: 1,
  mfa: { smsEnabled: true, EmailMfaConfiguration: {}, SoftwareTokenMfaConfiguration: { Enabled: true } },
  Id: 'eu-west-1_abc',
  Name: 'pool',
  Arn: 'arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_abc',
  Policies: {},
  SchemaAttributes: [],
  AdminCreateUserConfig: {},
  MfaConfiguration: 'OPTIONAL',
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
  CreationDate: 0,
  LastModifiedDate: 0,
}
const token = { sealedSecret: 'sealed' }
const verified = {
  phone_number: '+12065550100',
  phone_number_verified: 'true',
  email: 'ana@example.org',
  email_verified: 'true',
}

const user = (mfa?: UserMfa, attributes: Record<string, string> = verified): User => ({
  poolUid: 'uid',
  id: 'id',
  username: 'ana',
  status: 'CONFIRMED',
  enabled: true,
  attributes,
  generation: 0,
  version: 1,
  createdAt: 0,
  modifiedAt: 0,
  mfa,
})

const on = { Enabled: true }
const off = { Enabled: false }

describe('preferenceFault', () => {
  const fault = (preferences: MfaPreferences, who = user({ enabled: [], softwareToken: token }), of: Partial<UserPool> = {}) =>
    preferenceFault({ ...pool, ...of }, who, preferences)
  const cannot = (factor: string) => `User does not have delivery config set to turn on ${factor}`

  it('lets in what is verified', () => {
    expect(
      fault({ SMSMfaSettings: on, EmailMfaSettings: on, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }),
    ).toBeUndefined()
    expect(fault({})).toBeUndefined()
  })

  it.each<[keyof MfaPreferences, string]>([
    ['SMSMfaSettings', 'SMS_MFA'],
    ['EmailMfaSettings', 'EMAIL_OTP'],
    ['SoftwareTokenMfaSettings', 'SOFTWARE_TOKEN_MFA'],
  ])('refuses %s without a verified address or token', (member, factor) => {
    const unverified = { ...verified, phone_number_verified: 'false', email_verified: 'false' }
    expect(fault({ [member]: on }, user(undefined, unverified))).toBe(cannot(factor))
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
    expect(fault({ WebAuthnMfaSettings: on })).toContain('MULTI_FACTOR_WITH_USER_VERIFICATION')
    expect(fault({ WebAuthnMfaSettings: on }, user(), multi)).toBeUndefined()
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
    ['no preference', { SMSMfaSettings: { Enabled: true, PreferredMfa: false } }, { ...both, preferred: undefined }],
    [
      'a swap, in whatever order it comes',
      { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true }, SMSMfaSettings: off },
      { ...both, enabled: ['SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA' },
    ],
  ])('%s', (_, preferences, expected) => {
    expect(withPreferences(user(both), preferences)).toEqual(expected)
  })

  it('begins with nothing', () => {
    expect(withPreferences(user(), { SMSMfaSettings: { Enabled: true, PreferredMfa: true } })).toEqual({
      enabled: ['SMS_MFA'],
      preferred: 'SMS_MFA',
    })
  })
})
