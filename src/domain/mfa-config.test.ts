import { describe, expect, it } from 'vitest'
import { plainPool } from '../../tests/support/plain-pool.ts'
import type { SetUserPoolMfaConfigRequest } from '../model/types.gen.ts'
import { emailMfaFault, mfaConfigFault, mfaTierFault, smsEnabledAfterUpdate } from './mfa-config.ts'
import type { UserPool } from './user-pool.ts'

const plain: UserPool = { ...plainPool, EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } }
const sms = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' } }
const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } }

const fault = (input: Omit<SetUserPoolMfaConfigRequest, 'UserPoolId'>, pool: Partial<UserPool> = {}) =>
  mfaConfigFault({ UserPoolId: plain.Id, ...input }, { ...plain, ...pool })

const together = "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."

describe('mfaConfigFault', () => {
  it.each([
    {},
    { MfaConfiguration: 'OFF' },
    { MfaConfiguration: 'OFF', WebAuthnConfiguration: { UserVerification: 'required' } },
    { MfaConfiguration: 'OPTIONAL', ...totp },
    { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: false } },
    { MfaConfiguration: 'ON', EmailMfaConfiguration: {} },
    { MfaConfiguration: 'ON', SmsMfaConfiguration: sms },
  ] as const)('lets %j in', (input) => {
    expect(fault(input)).toBeUndefined()
  })

  it.each([
    totp,
    { SoftwareTokenMfaConfiguration: { Enabled: false } },
    { EmailMfaConfiguration: {} },
    { SmsMfaConfiguration: sms },
  ] as const)('refuses %j while MFA is off, said or not, as measured', (factor) => {
    expect(fault(factor)).toBe(together)
    expect(fault({ MfaConfiguration: 'OFF', ...factor })).toBe(together)
  })

  it.each(['ON', 'OPTIONAL'] as const)('refuses %s without a factor, passkeys counting as none, as measured', (MfaConfiguration) => {
    const sentence = 'Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.'
    expect(fault({ MfaConfiguration })).toBe(sentence)
    expect(fault({ MfaConfiguration, WebAuthnConfiguration: {} })).toBe(sentence)
  })

  it('refuses SMS without a sender', () => {
    expect(fault({ MfaConfiguration: 'ON', SmsMfaConfiguration: {} })).toBe('SmsConfiguration is required when SMS MFA is configured.')
  })

  it.each(['EMAIL_OTP', 'SMS_OTP'] as const)('refuses to require MFA where %s is a first factor', (factor) => {
    const pool = { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, factor] } } }
    expect(fault({ MfaConfiguration: 'ON', ...totp }, pool)).toBe(
      'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
    )
    expect(fault({ MfaConfiguration: 'OPTIONAL', ...totp }, pool)).toBeUndefined()
  })

  it('lets passkeys be a first factor beside required MFA only as both factors in one', () => {
    const pool = { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'WEB_AUTHN' as const] } } }
    const both = { WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' as const } }
    const alone =
      'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor'
    expect(fault({ MfaConfiguration: 'ON', ...totp }, pool)).toBe(alone)
    expect(fault({ MfaConfiguration: 'ON', ...totp, WebAuthnConfiguration: { FactorConfiguration: 'SINGLE_FACTOR' } }, pool)).toBe(alone)
    expect(fault({ MfaConfiguration: 'ON', ...totp, ...both }, pool)).toBeUndefined()
  })

  it.each(['auth.example.org', 'example.org', 'localhost', '123456789', 'xn--bcher-kva.example'])(
    'takes %s for a relying party',
    (RelyingPartyId) => {
      expect(fault({ WebAuthnConfiguration: { RelyingPartyId } })).toBeUndefined()
    },
  )

  it.each(['', 'https://example.org', 'example.org:443', 'Example.org', '127.0.0.1', '-a.example', 'a..example', 'example.org.'])(
    'does not take %s for a relying party',
    (RelyingPartyId) => {
      expect(fault({ WebAuthnConfiguration: { RelyingPartyId } })).toBe(
        `${RelyingPartyId} is not a domain name that can be a relying party.`,
      )
    },
  )
})

describe('emailMfaFault', () => {
  it('wants a sender of the pool’s own, as measured', () => {
    const sentence =
      'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT.'
    expect(emailMfaFault({ EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } })).toBe(sentence)
    expect(emailMfaFault({})).toBe(sentence)
  })

  it('wants another way to recover than the same e-mail address', () => {
    const EmailConfiguration = { EmailSendingAccount: 'DEVELOPER' as const }
    const email = { Priority: 1, Name: 'verified_email' as const }
    const phone = { Priority: 2, Name: 'verified_phone_number' as const }
    expect(emailMfaFault({ EmailConfiguration, AccountRecoverySetting: { RecoveryMechanisms: [email] } })).toContain('verified_email')
    expect(emailMfaFault({ EmailConfiguration, AccountRecoverySetting: { RecoveryMechanisms: [email, phone] } })).toBeUndefined()
    expect(emailMfaFault({ EmailConfiguration })).toBeUndefined()
  })
})

describe('mfaTierFault', () => {
  it('keeps e-mail MFA and passkeys from LITE', () => {
    expect(mfaTierFault('LITE', { EmailMfaConfiguration: {}, WebAuthnConfiguration: {} })).toBe(
      'The following features need to be disabled for the LITE pricing tier configured: Email MFA, Passkeys',
    )
    expect(mfaTierFault('LITE', {})).toBeUndefined()
    expect(mfaTierFault('ESSENTIALS', { EmailMfaConfiguration: {} })).toBeUndefined()
  })
})

describe('smsEnabledAfterUpdate', () => {
  const { SmsConfiguration } = sms
  const enabledAfter = (pool: Partial<UserPool>, input: object) =>
    smsEnabledAfterUpdate({ ...plain, ...pool }, { UserPoolId: plain.Id, ...input })

  it('goes with the SMS configuration and comes with it', () => {
    expect(enabledAfter({ SmsConfiguration, mfa: { smsEnabled: true } }, {})).toBe(false)
    expect(enabledAfter({}, { SmsConfiguration })).toBe(true)
    expect(enabledAfter({ SmsConfiguration, mfa: { smsEnabled: true } }, { SmsConfiguration })).toBe(true)
  })

  it('does not turn SMS on where another factor was chosen instead', () => {
    expect(enabledAfter({ SmsConfiguration, mfa: { smsEnabled: false, ...totp } }, { SmsConfiguration, MfaConfiguration: 'ON' })).toBe(
      false,
    )
  })

  it('turns SMS on where MFA is asked for and there is no other factor', () => {
    expect(enabledAfter({ SmsConfiguration }, { SmsConfiguration, MfaConfiguration: 'ON' })).toBe(true)
    expect(enabledAfter({ SmsConfiguration }, { SmsConfiguration, MfaConfiguration: 'OFF' })).toBe(false)
  })
})
