import { describe, expect, it } from 'vitest'
import { plainPool } from '../../tests/support/plain-pool.ts'
import { withKeptSettings } from './kept-settings.ts'
import type { UserPool } from './user-pool.ts'

const pool: UserPool = {
  ...plainPool,
  mfa: { smsEnabled: false, SoftwareTokenMfaConfiguration: { Enabled: true } },
  Policies: {
    PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 3 },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
  },
  MfaConfiguration: 'ON',
  AutoVerifiedAttributes: ['email'],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_phone_number' }] },
}
const UserPoolId = pool.Id

describe('withKeptSettings', () => {
  it('keeps MFA, both policies, recovery and what is verified before it changes', () => {
    const { AccountRecoverySetting, UserAttributeUpdateSettings, Policies } = pool
    expect(withKeptSettings(pool, { UserPoolId })).toEqual({
      UserPoolId,
      MfaConfiguration: 'ON',
      Policies,
      AccountRecoverySetting,
      UserAttributeUpdateSettings,
    })
  })

  it('keeps each policy when the other is given', () => {
    const SignInPolicy = { AllowedFirstAuthFactors: ['PASSWORD' as const] }
    expect(withKeptSettings(pool, { UserPoolId, Policies: { SignInPolicy } }).Policies).toEqual({
      PasswordPolicy: pool.Policies.PasswordPolicy,
      SignInPolicy,
    })
    const PasswordPolicy = { MinimumLength: 8 }
    expect(withKeptSettings(pool, { UserPoolId, Policies: { PasswordPolicy } }).Policies).toEqual({
      PasswordPolicy,
      SignInPolicy: pool.Policies.SignInPolicy,
    })
  })

  it('keeps the first factors beside a sign-in policy that names none', () => {
    expect(withKeptSettings(pool, { UserPoolId, Policies: { SignInPolicy: {} } }).Policies).toEqual(pool.Policies)
  })

  it('changes what is asked for', () => {
    expect(withKeptSettings(pool, { UserPoolId, MfaConfiguration: 'OFF' }).MfaConfiguration).toBe('OFF')
    const given = {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' as const }] },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
    }
    expect(withKeptSettings(pool, { UserPoolId, ...given })).toMatchObject(given)
  })

  it('lets the older member set the days of temporary passwords', () => {
    const whole = withKeptSettings(pool, { UserPoolId, AdminCreateUserConfig: { UnusedAccountValidityDays: 30 } })
    expect(whole.Policies?.PasswordPolicy).toEqual({ MinimumLength: 12 })
  })
})
