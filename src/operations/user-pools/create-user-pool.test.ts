import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsThrough, createHarness, type Harness } from '../../../tests/support/harness.ts'
import { redispatch } from '../../../tests/support/redispatch.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const create = async (input: Record<string, unknown> = {}) => (await server.ok('CreateUserPool', { PoolName: 'pool', ...input })).UserPool
const refused = (input: Record<string, unknown>) => server.refused('CreateUserPool', { PoolName: 'pool', ...input })

describe('CreateUserPool', () => {
  it('fills in every default', async () => {
    const { SchemaAttributes, ...pool } = await create()
    const now = server.clock.now() / 1000
    expect(pool).toEqual({
      Id: expect.stringMatching(/^us-east-1_[0-9A-Za-z]{9}$/),
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${pool.Id}`,
      Name: 'pool',
      CreationDate: now,
      LastModifiedDate: now,
      EstimatedNumberOfUsers: 0,
      DeletionProtection: 'INACTIVE',
      MfaConfiguration: 'OFF',
      UserPoolTier: 'ESSENTIALS',
      LambdaConfig: {},
      AcrConfiguration: {
        Level1: { AcrValue: 'urn:cognito:loa:1' },
        Level2: { AcrValue: 'urn:cognito:loa:2' },
        Level3: { AcrValue: 'urn:cognito:loa:3' },
        Level4: { AcrValue: 'urn:cognito:loa:4' },
      },
      UserPoolTags: {},
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: 'verified_email' },
          { Priority: 2, Name: 'verified_phone_number' },
        ],
      },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
    })
    expect(SchemaAttributes.map(({ Name }: { Name: string }) => Name)).toContain('phone_number_verified')
  })

  it('makes an attribute that it names immutable unless it says otherwise, as measured', async () => {
    const { SchemaAttributes } = await create({
      Schema: [
        { Name: 'email', AttributeDataType: 'String', Required: true },
        { Name: 'nickname', Mutable: true },
        { Name: 'plan', AttributeDataType: 'String' },
      ],
    })
    const fixed = SchemaAttributes.filter(({ Mutable }: { Mutable: boolean }) => !Mutable)
    expect(fixed.map(({ Name }: { Name: string }) => Name)).toEqual(['sub', 'email', 'custom:plan'])
  })

  it('shows a PreTokenGeneration function in both spellings, as measured', async () => {
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f'
    const other = { PreSignUp: arn }
    const first = { PreTokenGeneration: arn, PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: 'V1_0' } }
    expect((await create({ LambdaConfig: { ...other, PreTokenGeneration: arn } })).LambdaConfig).toEqual({ ...other, ...first })
    const PreTokenGenerationConfig = { LambdaArn: arn, LambdaVersion: 'V2_0' }
    const made = await create({ LambdaConfig: { PreTokenGenerationConfig } })
    expect(made.LambdaConfig).toEqual({ PreTokenGeneration: arn, PreTokenGenerationConfig })
    await server.ok('UpdateUserPool', { UserPoolId: made.Id, LambdaConfig: { PreTokenGeneration: arn } })
    const LambdaConfig = async () => (await server.ok('DescribeUserPool', { UserPoolId: made.Id })).UserPool.LambdaConfig
    expect(await LambdaConfig()).toEqual(first)
    await server.ok('UpdateUserPool', { UserPoolId: made.Id, LambdaConfig: { PreTokenGenerationConfig } })
    expect(await LambdaConfig()).toEqual({ PreTokenGeneration: arn, PreTokenGenerationConfig })
    await server.ok('UpdateUserPool', { UserPoolId: made.Id, LambdaConfig: other })
    expect(await LambdaConfig()).toEqual(other)
  })

  it('says from which region SMS are sent, as measured', async () => {
    const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' }
    expect((await create({ SmsConfiguration })).SmsConfiguration).toEqual({ ...SmsConfiguration, SnsRegion: 'us-east-1' })
    const elsewhere = { ...SmsConfiguration, SnsRegion: 'eu-west-1' }
    expect((await create({ SmsConfiguration: elsewhere })).SmsConfiguration).toEqual(elsewhere)
    const EumsSms = { CallerArn: 'arn:aws:iam::000000000000:role/sms' }
    expect((await create({ SmsConfiguration: { EumsSms } })).SmsConfiguration).toEqual({ EumsSms })
  })

  it('gives two pools of one name two ids', async () => {
    expect((await create()).Id).not.toBe((await create()).Id)
  })

  it('refuses settings that do not go together', async () => {
    expect(await refused({ AliasAttributes: ['email'], UsernameAttributes: ['email'] })).toEqual([
      'InvalidParameterException',
      'Only one of the aliasAttributes or usernameAttributes can be set in a User pool.',
    ])
    const Schema = [{ Name: 'preferred_username', AttributeDataType: 'String', Required: true }]
    expect(await refused({ AliasAttributes: ['preferred_username'], Schema })).toEqual([
      'InvalidParameterException',
      'preferred_username cannot be both a required attribute and an alias.',
    ])
    expect(await refused({ MfaConfiguration: 'ON' })).toEqual([
      'InvalidParameterException',
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    ])
    expect(await refused({ UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } })).toEqual([
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection',
    ])
  })

  it('answers the names of all levels of authentication, and takes no name twice', async () => {
    const level = (AcrValue: string) => ({ AcrValue })
    const AcrConfiguration = { Level2: level('urn:example:2'), Level3: level('urn:cognito:loa:2') }
    const whole = { Level1: level('urn:cognito:loa:1'), ...AcrConfiguration, Level4: level('urn:cognito:loa:4') }
    const made = await create({ AcrConfiguration })
    expect(made.AcrConfiguration).toEqual(whole)
    expect((await server.ok('DescribeUserPool', { UserPoolId: made.Id })).UserPool.AcrConfiguration).toEqual(whole)
    expect(await refused({ AcrConfiguration: { Level1: level('urn:cognito:loa:4') } })).toEqual([
      'InvalidParameterException',
      'AcrConfiguration gives the name urn:cognito:loa:4 to more than one level.',
    ])
    for (const bad of ['', 'a b', 'a"b', 'a\\b', 'x'.repeat(65)]) {
      expect((await refused({ AcrConfiguration: { Level1: level(bad) } }))[0], bad).toBe('InvalidParameterException')
    }
    expect(await refused({ UserPoolTier: 'LITE', AcrConfiguration })).toEqual([
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the LITE pricing tier configured: Custom ACR Values',
    ])
    // What DescribeUserPool answers can be sent back.
    await create({ UserPoolTier: 'LITE', AcrConfiguration: (await create()).AcrConfiguration })
  })

  it('refuses tags with an error of their own', async () => {
    expect(await refused({ UserPoolTags: { 'aws:team': 'a' } })).toEqual([
      'UserPoolTaggingException',
      'The tag key aws:team is reserved: keys must not begin with aws:.',
    ])
  })

  it('holds the quota of the region', async () => {
    const create = (by: never, pool: never, limit: number) => {
      expect(limit).toBe(1000)
      return server.store.pools.create(by, pool, 0)
    }
    const full = callsThrough(redispatch(server, { store: { ...server.store, pools: { ...server.store.pools, create } } as never }))
    expect(await full.refused('CreateUserPool', { PoolName: 'pool' })).toEqual([
      'LimitExceededException',
      'The region us-east-1 has 1000 user pools already.',
    ])
  })
})

describe('a chosen pool id', () => {
  it('comes from a tag, whole or after the region, and the tag is not kept', async () => {
    const whole = await create({ UserPoolTags: { _custom_id_: 'us-east-1_Chosen1', team: 'a' } })
    expect(whole).toMatchObject({ Id: 'us-east-1_Chosen1', UserPoolTags: { team: 'a' } })
    expect(whole.UserPoolTags).toEqual({ team: 'a' })
    expect((await create({ UserPoolTags: { _custom_id_: 'Chosen2' } })).Id).toBe('us-east-1_Chosen2')
  })

  it('is given once', async () => {
    await create({ UserPoolTags: { _custom_id_: 'Once' } })
    expect(await refused({ UserPoolTags: { _custom_id_: 'Once' } })).toEqual([
      'InvalidParameterException',
      'A user pool with the id us-east-1_Once already exists.',
    ])
  })

  it('names its own region', async () => {
    expect(await refused({ UserPoolTags: { _custom_id_: 'eu-west-1_Other' } })).toEqual([
      'InvalidParameterException',
      'The id eu-west-1_Other is not us-east-1_ followed by letters and digits, 55 characters at most.',
    ])
  })

  it('needs permission', async () => {
    const strict = callsThrough(redispatch(server, {}, { idsChosenBy: 'permission' }))
    expect(await strict.refused('CreateUserPool', { PoolName: 'pool', UserPoolTags: { _custom_id_: 'Mine' } })).toEqual([
      'NotAuthorizedException',
      'You are not permitted to choose the id of a user pool.',
    ])
  })
})
