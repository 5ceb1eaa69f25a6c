import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'
import type { CreateUserPoolRequest } from '../../model/types.gen.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const described = async (UserPoolId: string) => (await server.ok('DescribeUserPool', { UserPoolId })).UserPool
const sms = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }

describe('UpdateUserPool', () => {
  it('puts what the request leaves out back to its default', async () => {
    const { UserPoolId } = await makePool(server)
    const fresh = await described(UserPoolId)
    await server.ok('UpdateUserPool', {
      UserPoolId,
      AutoVerifiedAttributes: ['email', 'phone_number'],
      SmsConfiguration: sms,
      LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:000000000000:function:f' },
      EmailVerificationSubject: 'Hello',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    })
    expect(await described(UserPoolId)).toMatchObject({ AutoVerifiedAttributes: ['email', 'phone_number'], SmsConfiguration: sms })
    server.clock.advance(1000)
    expect(await server.ok('UpdateUserPool', { UserPoolId })).toEqual({})
    expect(await described(UserPoolId)).toEqual({ ...fresh, LastModifiedDate: server.clock.now() / 1000 })
  })

  it('keeps which attributes are verified before they change, and refuses what does not fit them', async () => {
    const verified = { AutoVerifiedAttributes: ['email' as const] }
    const UserAttributeUpdateSettings = { AttributesRequireVerificationBeforeUpdate: ['email' as const] }
    const { UserPoolId } = await makePool(server, { ...verified, UserAttributeUpdateSettings })
    await server.ok('UpdateUserPool', { UserPoolId, ...verified })
    expect(await described(UserPoolId)).toMatchObject({ ...verified, UserAttributeUpdateSettings })
    expect(await server.refused('UpdateUserPool', { UserPoolId })).toEqual([
      'InvalidParameterException',
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    ])
    const none = { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] } }
    await server.ok('UpdateUserPool', { UserPoolId, ...none })
    expect(await described(UserPoolId)).toMatchObject(none)
  })

  it('does not let a pool with e-mail MFA recover by e-mail alone, however it came to that', async () => {
    const EmailConfiguration = {
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.org',
    } as const
    const { UserPoolId } = await makePool(server, { EmailConfiguration })
    await server.ok('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} })
    await server.ok('UpdateUserPool', { UserPoolId, EmailConfiguration })
    const AccountRecoverySetting = { RecoveryMechanisms: [{ Name: 'verified_email' as const, Priority: 1 }] }
    const byEmail = { UserPoolId, EmailConfiguration, AccountRecoverySetting }
    const refusal = ['InvalidParameterException', expect.stringContaining('verified_email')]
    expect(await server.refused('UpdateUserPool', byEmail)).toEqual(refusal)
    await server.ok('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'OFF' })
    await server.ok('UpdateUserPool', byEmail)
    await server.ok('UpdateUserPool', { UserPoolId, EmailConfiguration })
    const email = { UserPoolId, MfaConfiguration: 'OPTIONAL' as const, EmailMfaConfiguration: {} }
    expect(await server.refused('SetUserPoolMfaConfig', email)).toEqual(refusal)
  })

  it('keeps name, tags, tier, deletion protection, MFA, policies and recovery', async () => {
    const kept = {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] },
      UserPoolTags: { team: 'a' },
      UserPoolTier: 'PLUS',
      DeletionProtection: 'ACTIVE',
      MfaConfiguration: 'OPTIONAL',
      SmsConfiguration: sms,
    } satisfies Partial<CreateUserPoolRequest>
    const { UserPoolId } = await makePool(server, { ...kept, Policies: { PasswordPolicy: { MinimumLength: 20 } } })
    const before = await described(UserPoolId)
    await server.ok('UpdateUserPool', { UserPoolId, SmsConfiguration: sms })
    expect(await described(UserPoolId)).toEqual(before)
    expect(before).toMatchObject({ ...kept, Name: 'pool', Policies: { PasswordPolicy: { MinimumLength: 20 } } })
  })

  it('keeps the first factors beside a sign-in policy that names none, as measured', async () => {
    const AllowedFirstAuthFactors = ['PASSWORD' as const, 'WEB_AUTHN' as const]
    const { UserPoolId } = await makePool(server, { Policies: { SignInPolicy: { AllowedFirstAuthFactors } } })
    await server.ok('UpdateUserPool', { UserPoolId, Policies: { SignInPolicy: {} } })
    expect((await described(UserPoolId)).Policies.SignInPolicy).toEqual({ AllowedFirstAuthFactors })
  })

  it('replaces the tags as a whole', async () => {
    const { UserPoolId } = await makePool(server, { UserPoolTags: { team: 'a', stage: 'test' } })
    await server.ok('UpdateUserPool', { UserPoolId, UserPoolTags: { team: 'b' } })
    expect((await described(UserPoolId)).UserPoolTags).toEqual({ team: 'b' })
    await server.ok('UpdateUserPool', { UserPoolId, UserPoolTags: {} })
    expect((await described(UserPoolId)).UserPoolTags).toEqual({})
  })

  it('never changes the schema or what signs a user in', async () => {
    const { UserPoolId } = await makePool(server, {
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      Schema: [{ Name: 'team', AttributeDataType: 'String' }],
    })
    const before = await described(UserPoolId)
    await server.ok('UpdateUserPool', { UserPoolId, PoolName: 'renamed', UserPoolTags: {} })
    expect(await described(UserPoolId)).toEqual({ ...before, Name: 'renamed' })
    expect(before.SchemaAttributes).toContainEqual(expect.objectContaining({ Name: 'custom:team' }))
  })

  it('takes the SMS sender away from no pool that signs people in by SMS, as measured', async () => {
    const AllowedFirstAuthFactors = ['PASSWORD' as const, 'SMS_OTP' as const]
    const { UserPoolId } = await makePool(server, { SmsConfiguration: sms, Policies: { SignInPolicy: { AllowedFirstAuthFactors } } })
    expect(await server.refused('UpdateUserPool', { UserPoolId })).toEqual([
      'InvalidParameterException',
      'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
    ])
    await server.ok('UpdateUserPool', { UserPoolId, SmsConfiguration: sms })
  })

  it('refuses what CreateUserPool refuses', async () => {
    const { UserPoolId } = await makePool(server)
    expect(await server.refused('UpdateUserPool', { UserPoolId, MfaConfiguration: 'OPTIONAL' })).toEqual([
      'InvalidParameterException',
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    ])
    expect(await server.refused('UpdateUserPool', { UserPoolId, UserPoolTags: { 'aws:x': '' } })).toEqual([
      'UserPoolTaggingException',
      'The tag key aws:x is reserved: keys must not begin with aws:.',
    ])
    expect(await server.refused('UpdateUserPool', { UserPoolId, UserPoolTags: { _custom_id_: 'other' } })).toEqual([
      'UserPoolTaggingException',
      `The id of the user pool ${UserPoolId} cannot be changed.`,
    ])
  })

  it('does not let a pool go to a tier that lacks what it uses', async () => {
    const { UserPoolId } = await makePool(server, { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 3 } } })
    expect(await server.refused('UpdateUserPool', { UserPoolId, UserPoolTier: 'LITE' })).toEqual([
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the LITE pricing tier configured: Password History',
    ])
  })

  it('refuses the second of two changes at once, and keeps the first', async () => {
    const { UserPoolId } = await makePool(server)
    const slow = withRival(server, 'pools', () => server.ok('UpdateUserPool', { UserPoolId, PoolName: 'first' }))
    expect(await slow.refused('UpdateUserPool', { UserPoolId, PoolName: 'second' })).toEqual([
      'ConcurrentModificationException',
      'The resource was changed by another request. Read it again and retry.',
    ])
    expect((await described(UserPoolId)).Name).toBe('first')
  })
})
