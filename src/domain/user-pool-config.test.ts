import { describe, expect, it } from 'vitest'
import type { CreateUserPoolRequest, UpdateUserPoolRequest } from '../model/types.gen.ts'
import { standardAttributes } from './attribute-schema.ts'
import type { UserPool } from './user-pool.ts'
import { newUserPoolSettings, updatedUserPoolSettings, userPoolFault, userPoolTierFault } from './user-pool-config.ts'

const create = (input: Partial<CreateUserPoolRequest> = {}): CreateUserPoolRequest => ({ PoolName: 'my-pool', ...input })
const update = (input: Partial<UpdateUserPoolRequest> = {}): UpdateUserPoolRequest => ({ UserPoolId: 'us-east-1_Abc', ...input })
const sms = { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' }
const wire = (settings: object): unknown => JSON.parse(JSON.stringify(settings))

describe('newUserPoolSettings', () => {
  it('fills in the defaults that DescribeUserPool shows', () => {
    expect(wire(newUserPoolSettings(create()))).toEqual({
      Name: 'my-pool',
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
      DeletionProtection: 'INACTIVE',
      LambdaConfig: {},
      SchemaAttributes: wire(standardAttributes),
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      MfaConfiguration: 'OFF',
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: 'verified_email' },
          { Priority: 2, Name: 'verified_phone_number' },
        ],
      },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      UserPoolTier: 'ESSENTIALS',
    })
  })

  it('asks nothing that a given password policy does not ask', () => {
    expect(
      newUserPoolSettings(create({ Policies: { PasswordPolicy: { MinimumLength: 12, RequireNumbers: true } } })).Policies.PasswordPolicy,
    ).toEqual({
      MinimumLength: 12,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: true,
      RequireSymbols: false,
      TemporaryPasswordValidityDays: 7,
    })
  })

  it('takes zero days for the default, and no history for none', () => {
    const zeroes = { TemporaryPasswordValidityDays: 0, PasswordHistorySize: 0 }
    for (const input of [{ Policies: { PasswordPolicy: zeroes } }, { AdminCreateUserConfig: { UnusedAccountValidityDays: 0 } }]) {
      const { Policies, AdminCreateUserConfig } = newUserPoolSettings(create(input))
      expect(Policies.PasswordPolicy).not.toHaveProperty('PasswordHistorySize')
      expect([Policies.PasswordPolicy?.TemporaryPasswordValidityDays, AdminCreateUserConfig.UnusedAccountValidityDays]).toEqual([7, 7])
    }
  })

  it('shows one validity of temporary passwords in both places', () => {
    const older = newUserPoolSettings(create({ AdminCreateUserConfig: { UnusedAccountValidityDays: 3 } }))
    expect(older.Policies.PasswordPolicy?.TemporaryPasswordValidityDays).toBe(3)
    const newer = newUserPoolSettings(create({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 30 } } }))
    expect(newer.AdminCreateUserConfig.UnusedAccountValidityDays).toBe(30)
  })

  it('shows verification messages in both places, the template first', () => {
    expect(
      newUserPoolSettings(
        create({
          EmailVerificationMessage: 'old {####}',
          SmsVerificationMessage: 's {####}',
          VerificationMessageTemplate: { EmailMessage: 'new {####}' },
        }),
      ),
    ).toMatchObject({
      EmailVerificationMessage: 'new {####}',
      SmsVerificationMessage: 's {####}',
      VerificationMessageTemplate: { EmailMessage: 'new {####}', SmsMessage: 's {####}', DefaultEmailOption: 'CONFIRM_WITH_CODE' },
    })
  })

  it('keeps what was given', () => {
    const given = create({
      AliasAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      DeletionProtection: 'ACTIVE',
      UserPoolTags: { a: 'b' },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    })
    const { PoolName: _, ...rest } = given
    expect(newUserPoolSettings(given)).toMatchObject(rest)
  })

  it('tracks devices as soon as any value says how', () => {
    const devices = (DeviceConfiguration: CreateUserPoolRequest['DeviceConfiguration']) =>
      newUserPoolSettings(create({ DeviceConfiguration })).DeviceConfiguration
    expect(devices(undefined)).toBeUndefined()
    expect(devices({})).toBeUndefined()
    expect(devices({ DeviceOnlyRememberedOnUserPrompt: false })).toEqual({
      ChallengeRequiredOnNewDevice: false,
      DeviceOnlyRememberedOnUserPrompt: false,
    })
  })

  it('has no sign-in policy on LITE', () => {
    expect(newUserPoolSettings(create({ UserPoolTier: 'LITE' })).Policies).not.toHaveProperty('SignInPolicy')
  })

  it('throws where the schema has a fault', () => {
    expect(() => newUserPoolSettings(create({ Schema: [{ Name: 'x' }] }))).toThrow('Invalid AttributeDataType input')
  })
})

describe('updatedUserPoolSettings', () => {
  const before = {
    Id: 'us-east-1_Abc',
    ...newUserPoolSettings(
      create({
        Schema: [{ Name: 'plan', AttributeDataType: 'String' }],
        UsernameAttributes: ['email'],
        AutoVerifiedAttributes: ['email'],
        DeletionProtection: 'ACTIVE',
        UserPoolTier: 'LITE',
        UserPoolTags: { a: 'b' },
        MfaConfiguration: 'ON',
        SmsConfiguration: sms,
        UsernameConfiguration: { CaseSensitive: false },
      }),
    ),
  } as UserPool
  const after = { ...before, ...updatedUserPoolSettings(before, update({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } })) }

  it('takes back what the request leaves out', () => {
    expect(after).toMatchObject({
      MfaConfiguration: 'OFF',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 },
    })
    expect(after.AutoVerifiedAttributes).toBeUndefined()
    expect(after.SmsConfiguration).toBeUndefined()
  })

  it('keeps what can not change, and name, tags, tier and deletion protection', () => {
    for (const member of [
      'Id',
      'Name',
      'SchemaAttributes',
      'UsernameAttributes',
      'UsernameConfiguration',
      'DeletionProtection',
      'UserPoolTier',
      'UserPoolTags',
    ] as const) {
      expect([member, after[member]]).toEqual([member, before[member]])
    }
    expect(
      updatedUserPoolSettings(before, update({ PoolName: 'new', DeletionProtection: 'INACTIVE', UserPoolTier: 'PLUS' })),
    ).toMatchObject({
      Name: 'new',
      DeletionProtection: 'INACTIVE',
      UserPoolTier: 'PLUS',
    })
  })
})

describe('userPoolFault', () => {
  const noSms = 'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration'
  const noFrom = 'Cannot configure From email address for default email configuration'
  const SourceArn = 'arn:aws:ses:us-east-1:123456789012:identity/ana@example.com'
  const noSender = 'SmsConfiguration must have either SnsCallerArn or EumsSms.'
  const mfa = 'SMS configuration and Auto verification for phone_number are required when MFA is required/optional'
  it.each<[Partial<CreateUserPoolRequest>, string | undefined]>([
    [{}, undefined],
    [{ AliasAttributes: ['email'], UsernameAttributes: [] }, undefined],
    [
      { AliasAttributes: ['email'], UsernameAttributes: ['email'] },
      'Only one of the aliasAttributes or usernameAttributes can be set in a User pool.',
    ],
    [
      { AliasAttributes: ['preferred_username'], Schema: [{ Name: 'preferred_username', Required: true }] },
      'preferred_username cannot be both a required attribute and an alias.',
    ],
    [{ AliasAttributes: ['preferred_username'], Schema: [{ Name: 'email', Required: true }] }, undefined],
    [{ AliasAttributes: ['email'], Schema: [{ Name: 'email', Required: true }] }, undefined],
    [{ Schema: [{ Name: 'preferred_username', Required: true }] }, undefined],
    [{ Schema: [{ Name: 'x', AttributeDataType: 'String', Required: true }] }, 'Required custom attributes are not supported currently.'],
    [
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 7 }, Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } } },
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
    ],
    [
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 0 }, Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } } },
      undefined,
    ],
    [{ AutoVerifiedAttributes: ['phone_number'] }, 'SMS configuration is required when phone_number is selected for auto verification'],
    [{ AutoVerifiedAttributes: ['phone_number'], SmsConfiguration: sms }, undefined],
    [
      { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    ],
    [
      { AutoVerifiedAttributes: ['email'], UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
      undefined,
    ],
    [
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 3 }, Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 0 } } },
      undefined,
    ],
    [
      { LambdaConfig: { PreTokenGeneration: 'arn:a', PreTokenGenerationConfig: { LambdaArn: 'arn:b', LambdaVersion: 'V2_0' } } },
      'PreTokenGeneration and the LambdaArn of PreTokenGenerationConfig must be the same.',
    ],
    [{ LambdaConfig: { PreTokenGeneration: 'arn:a', PreTokenGenerationConfig: { LambdaArn: 'arn:a', LambdaVersion: 'V2_0' } } }, undefined],
    [{ MfaConfiguration: 'ON', SmsConfiguration: {} }, noSender],
    [{ SmsConfiguration: { ...sms, EumsSms: { CallerArn: 'arn:e' } } }, noSender],
    [{ SmsConfiguration: { EumsSms: { CallerArn: 'arn:e' } } }, undefined],
    [
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SOFTWARE_TOKEN'] } } },
      'SOFTWARE_TOKEN is not supported as an allowed first auth factor.',
    ],
    [{ MfaConfiguration: 'ON' }, mfa],
    [{ MfaConfiguration: 'OPTIONAL' }, mfa],
    [{ MfaConfiguration: 'ON', SmsConfiguration: sms }, undefined],
    [
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['WEB_AUTHN'] } } },
      'Password should be configured as one of the allowed first auth factors.',
    ],
    [
      { MfaConfiguration: 'ON', SmsConfiguration: sms, Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
      'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
    ],
    [{ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } } }, noSms],
    [{ SmsConfiguration: sms, Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } } }, undefined],
    [
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [
            { Name: 'admin_only', Priority: 1 },
            { Name: 'verified_email', Priority: 2 },
          ],
        },
      },
      'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.',
    ],
    [
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [
            { Name: 'verified_phone_number', Priority: 1 },
            { Name: 'verified_email', Priority: 1 },
          ],
        },
      },
      'Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.',
    ],
    [{ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } }, 'Source ARN is required to use DEVELOPER email sending owner'],
    [{ EmailConfiguration: { From: 'ana@example.com' } }, noFrom],
    [{ EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', From: 'ana@example.com' } }, noFrom],
    [{ EmailConfiguration: { SourceArn, From: 'Ana <ana@example.com>' } }, undefined],
    [{ EmailConfiguration: { SourceArn, From: 'ana' } }, 'Provided From email address is invalid'],
    [{ EmailConfiguration: { SourceArn, From: 'a\r\nBcc: b <ana@example.com>' } }, 'Provided From email address is invalid'],
    [
      { SmsAuthenticationMessage: 'no code' },
      "1 validation error detected: Value 'no code' at 'smsAuthenticationMessage' failed to satisfy constraint: Member must satisfy regular expression pattern: .*\\{####\\}.*",
    ],
  ])('%j', (input, fault) => {
    expect(userPoolFault(create(input))).toBe(fault)
  })

  it('lets an update require MFA that the pool has by other means', () => {
    const pool = (mfaSettings: UserPool['mfa']) => ({ mfa: mfaSettings }) as UserPool
    const input = update({ MfaConfiguration: 'ON' })
    expect(userPoolFault(input, pool({ smsEnabled: false }))).toBe(mfa)
    expect(userPoolFault(input, pool({ smsEnabled: false, SoftwareTokenMfaConfiguration: { Enabled: false } }))).toBe(mfa)
    expect(userPoolFault(input, pool({ smsEnabled: false, SoftwareTokenMfaConfiguration: { Enabled: true } }))).toBeUndefined()
  })

  it('lets required MFA stand beside passkeys that count as two factors, and beside no others', () => {
    const first = { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'WEB_AUTHN' as const] } } }
    const required = { MfaConfiguration: 'ON' as const, SmsConfiguration: sms, ...first }
    const pool = (FactorConfiguration: 'SINGLE_FACTOR' | 'MULTI_FACTOR_WITH_USER_VERIFICATION') =>
      ({ mfa: { smsEnabled: true, WebAuthnConfiguration: { FactorConfiguration } } }) as UserPool
    const sentence = 'WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA'
    expect(userPoolFault(create(required))).toBe(sentence)
    expect(userPoolFault(update(required), pool('SINGLE_FACTOR'))).toBe(sentence)
    expect(userPoolFault(update(required), pool('MULTI_FACTOR_WITH_USER_VERIFICATION'))).toBeUndefined()
    expect(userPoolFault(update({ ...required, MfaConfiguration: 'OPTIONAL' }), pool('SINGLE_FACTOR'))).toBeUndefined()
  })
})

describe('userPoolTierFault', () => {
  const disabled = (tier: string, features: string) =>
    `The following features need to be disabled for the ${tier} pricing tier configured: ${features}`
  const passwordless = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const] } }
  it.each<[Partial<CreateUserPoolRequest>, string | undefined]>([
    [{ Policies: passwordless }, undefined],
    [{ UserPoolTier: 'LITE' }, undefined],
    [{ UserPoolTier: 'LITE', Policies: passwordless }, disabled('LITE', 'Passwordless Sign-In')],
    [
      {
        UserPoolTier: 'LITE',
        Policies: passwordless,
        LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: 'arn:x', LambdaVersion: 'V2_0' } },
      },
      disabled('LITE', 'Passwordless Sign-In, Token Customization with Pre-Token Generation Lambda V2_0'),
    ],
    [{ UserPoolTier: 'LITE', Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } }, disabled('LITE', 'Password History')],
    [{ UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } }, disabled('ESSENTIALS', 'Threat Protection')],
    [{ UserPoolAddOns: { AdvancedSecurityMode: 'OFF' } }, undefined],
    [{ UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }, undefined],
  ])('%j', (input, fault) => {
    expect(userPoolTierFault(create(input))).toBe(fault)
  })

  it("goes by the pool's tier on update", () => {
    expect(userPoolTierFault(update({ Policies: passwordless }), { UserPoolTier: 'LITE' } as UserPool)).toBe(
      disabled('LITE', 'Passwordless Sign-In'),
    )
  })
})
