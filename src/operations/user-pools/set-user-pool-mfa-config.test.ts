import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } }
const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', SnsRegion: 'us-east-1' }

describe('SetUserPoolMfaConfig', () => {
  it('answers and keeps all of its settings', async () => {
    const { UserPoolId } = await makePool(server, {
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.org' },
    })
    const settings = {
      MfaConfiguration: 'OPTIONAL',
      ...totp,
      SmsMfaConfiguration: { SmsAuthenticationMessage: 'SMS {####}', SmsConfiguration },
      EmailMfaConfiguration: { Message: 'Mail {####}', Subject: 'Code' },
      WebAuthnConfiguration: {
        RelyingPartyId: 'auth.example.org',
        UserVerification: 'required',
        FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      },
    }
    expect(await server.ok('SetUserPoolMfaConfig', { UserPoolId, ...settings })).toEqual(settings)
    expect(await server.ok('GetUserPoolMfaConfig', { UserPoolId })).toEqual(settings)
    const { UserPool } = await server.ok('DescribeUserPool', { UserPoolId })
    expect(UserPool).toMatchObject({ MfaConfiguration: 'OPTIONAL', SmsConfiguration, SmsAuthenticationMessage: 'SMS {####}' })
  })

  it('takes passkeys for one factor where nothing is said, as measured', async () => {
    const { UserPoolId } = await makePool(server)
    const settings = {
      MfaConfiguration: 'OFF',
      WebAuthnConfiguration: { UserVerification: 'preferred', FactorConfiguration: 'SINGLE_FACTOR' },
    }
    const asked = { UserPoolId, WebAuthnConfiguration: { UserVerification: 'preferred' } }
    expect(await server.ok('SetUserPoolMfaConfig', asked)).toEqual(settings)
    expect(await server.ok('GetUserPoolMfaConfig', { UserPoolId })).toEqual(settings)
  })

  it('names the region of the pool as that of its SMS where nobody named one', async () => {
    const { UserPoolId } = await makePool(server)
    const { SnsRegion: _none, ...bare } = SmsConfiguration
    const input = { UserPoolId, MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsConfiguration: bare } }
    expect((await server.ok('SetUserPoolMfaConfig', input)).SmsMfaConfiguration).toEqual({ SmsConfiguration })
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool.SmsConfiguration).toEqual(SmsConfiguration)
  })

  it('turns off what is left out, and keeps the SMS sender for other messages', async () => {
    const { UserPoolId } = await makePool(server)
    await server.ok('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'ON', ...totp, SmsMfaConfiguration: { SmsConfiguration } })
    expect(await server.ok('SetUserPoolMfaConfig', { UserPoolId })).toEqual({ MfaConfiguration: 'OFF' })
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool).toMatchObject({ MfaConfiguration: 'OFF', SmsConfiguration })
  })

  it('lasts through an UpdateUserPool that says nothing of MFA', async () => {
    const { UserPoolId } = await makePool(server)
    await server.ok('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'ON', ...totp })
    await server.ok('UpdateUserPool', { UserPoolId })
    expect(await server.ok('GetUserPoolMfaConfig', { UserPoolId })).toEqual({ MfaConfiguration: 'ON', ...totp })
  })

  it('refuses what does not go together', async () => {
    const { UserPoolId } = await makePool(server, { UserPoolTier: 'LITE' })
    expect(await server.refused('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'OFF', ...totp })).toEqual([
      'InvalidParameterException',
      "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    ])
    expect(await server.refused('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'ON' })).toEqual([
      'InvalidParameterException',
      'Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.',
    ])
    expect(await server.refused('SetUserPoolMfaConfig', { UserPoolId, WebAuthnConfiguration: {} })).toEqual([
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the LITE pricing tier configured: Passkeys',
    ])
  })

  it('refuses the second of two changes at once', async () => {
    const { UserPoolId } = await makePool(server)
    const slow = withRival(server, 'pools', () => server.ok('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'ON', ...totp }))
    expect(await slow.refused('SetUserPoolMfaConfig', { UserPoolId })).toEqual([
      'ConcurrentModificationException',
      'The resource was changed by another request. Read it again and retry.',
    ])
    expect((await server.ok('GetUserPoolMfaConfig', { UserPoolId })).MfaConfiguration).toBe('ON')
  })
})
