import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiError } from '../../console/src/api/api-error.ts'
import { newClientInput, noClient } from '../../console/src/api/new-client.ts'
import { prefixOf } from '../../console/src/pages/create-user-pool/domain-prefix.ts'
import { type Call, makePool, type Progress } from '../../console/src/pages/create-user-pool/make-pool.ts'
import { clientOf, newPoolFault, newPoolInput, noPool } from '../../console/src/pages/create-user-pool/new-pool.ts'
import { customAttribute, customAttributeFault, noCustomAttribute } from '../../console/src/settings/custom-attribute-values.ts'
import { deletePool } from '../../console/src/settings/delete-pool.ts'
import { deviceChanges, deviceValues } from '../../console/src/settings/device-values.ts'
import { emailChanges, emailValues } from '../../console/src/settings/email-values.ts'
import {
  emailMfaChanges,
  invitationChanges,
  invitationValues,
  mfaMessageFault,
  mfaMessageValues,
  verificationMessageChanges,
  verificationMessageFault,
  verificationMessageValues,
} from '../../console/src/settings/message-values.ts'
import { mfaUpdate } from '../../console/src/settings/mfa-update.ts'
import { mfaChanges, mfaFault, mfaValues } from '../../console/src/settings/mfa-values.ts'
import { passwordPolicyChanges, passwordPolicyFault, passwordPolicyValues } from '../../console/src/settings/password-policy-values.ts'
import { poolUpdate } from '../../console/src/settings/pool-update.ts'
import { recoveryChanges, recoveryWay } from '../../console/src/settings/recovery-values.ts'
import { smsChanges, smsValues } from '../../console/src/settings/sms-values.ts'
import { tagRows, tagRowsFault, tagsOf } from '../../console/src/settings/tag-values.ts'
import { verificationChanges, verificationFault, verificationValues } from '../../console/src/settings/verification-values.ts'
import type { CreateUserPoolRequest } from '../../src/model/types.gen.ts'
import { createHarness, type Harness } from '../support/harness.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const described = async (UserPoolId: string) => (await server.ok('DescribeUserPool', { UserPoolId })).UserPool

/** A pool in which everything that UpdateUserPool can reset is set to something else than its default. */
const rich: CreateUserPoolRequest = {
  PoolName: 'Rich',
  UserPoolTier: 'PLUS',
  DeletionProtection: 'ACTIVE',
  UsernameAttributes: ['email'],
  AutoVerifiedAttributes: ['email', 'phone_number'],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
  EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.org' },
  EmailVerificationSubject: 'Welcome',
  VerificationMessageTemplate: { SmsMessage: 'Code {####}' },
  SmsAuthenticationMessage: 'Second {####}',
  MfaConfiguration: 'OPTIONAL',
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
  LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:000000000000:function:f' },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, InviteMessageTemplate: { EmailSubject: 'Come in' } },
  UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
  Policies: {
    PasswordPolicy: { MinimumLength: 20, RequireNumbers: true, PasswordHistorySize: 3, TemporaryPasswordValidityDays: 30 },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
  },
  UserPoolTags: { team: 'a' },
}

describe('an update of a pool', () => {
  it('changes one thing and resets nothing', async () => {
    const before = (await server.ok('CreateUserPool', rich)).UserPool
    server.clock.advance(1000)
    await server.ok('UpdateUserPool', poolUpdate(before, { PoolName: 'Renamed' }))
    const after = await described(before.Id)
    expect(after).toEqual({ ...before, Name: 'Renamed', LastModifiedDate: after.LastModifiedDate })
  })

  it('puts a member that changes to nothing back to its default', async () => {
    const before = (await server.ok('CreateUserPool', rich)).UserPool
    const changes = {
      ...deviceChanges({ remember: 'no', suppressesMfa: true }),
      ...verificationMessageChanges({ ...verificationMessageValues(before), subject: '' }),
    }
    await server.ok('UpdateUserPool', poolUpdate(before, changes))
    const after = await described(before.Id)
    expect(after.DeviceConfiguration).toBeUndefined()
    expect([after.EmailVerificationSubject, after.SmsVerificationMessage]).toEqual([undefined, 'Code {####}'])
  })

  it('that takes over every form as it was read changes nothing', async () => {
    const before = (await server.ok('CreateUserPool', rich)).UserPool
    const unchanged = {
      ...passwordPolicyChanges(passwordPolicyValues(before), before),
      ...recoveryChanges(recoveryWay(before)),
      ...deviceChanges(deviceValues(before)),
      ...emailChanges(emailValues(before)),
      ...smsChanges(smsValues(before), before),
      ...verificationMessageChanges(verificationMessageValues(before)),
      ...invitationChanges(invitationValues(before), before),
      UserPoolTags: tagsOf(tagRows(before.UserPoolTags)),
    }
    await server.ok('UpdateUserPool', poolUpdate(before, unchanged))
    const after = await described(before.Id)
    expect(after).toEqual({ ...before, LastModifiedDate: after.LastModifiedDate })
  })
})

describe('the forms of MFA', () => {
  it('change the second factors and keep messages and passkeys', async () => {
    const { Id: UserPoolId } = (await server.ok('CreateUserPool', { ...rich, AccountRecoverySetting: undefined })).UserPool
    const settings = {
      MfaConfiguration: 'OPTIONAL',
      EmailMfaConfiguration: { Message: 'Mail {####}', Subject: 'Code' },
      WebAuthnConfiguration: { RelyingPartyId: 'auth.example.org', FactorConfiguration: 'SINGLE_FACTOR' },
    }
    const current = await server.ok('SetUserPoolMfaConfig', { UserPoolId, ...settings })
    const pool = await described(UserPoolId)
    const both = mfaChanges({ ...mfaValues(current), totp: true, sms: true }, current, pool)
    const after = await server.ok('SetUserPoolMfaConfig', mfaUpdate(UserPoolId, current, both))
    expect(after).toEqual({
      ...settings,
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: { SmsAuthenticationMessage: 'Second {####}', SmsConfiguration: pool.SmsConfiguration },
    })
    const emptied = emailMfaChanges({ ...mfaMessageValues(pool, after), subject: '' }, after)
    const reworded = await server.ok('SetUserPoolMfaConfig', mfaUpdate(UserPoolId, after, emptied))
    expect(reworded).toEqual({ ...after, EmailMfaConfiguration: { Message: 'Mail {####}' } })
    const off = await server.ok(
      'SetUserPoolMfaConfig',
      mfaUpdate(UserPoolId, after, mfaChanges({ ...mfaValues(after), mode: 'OFF' }, after, pool)),
    )
    expect(off).toEqual({ MfaConfiguration: 'OFF', WebAuthnConfiguration: settings.WebAuthnConfiguration })
  })

  it.each([
    [{ mode: 'OFF', totp: false, sms: false, email: false }, undefined],
    [{ mode: 'ON', totp: false, sms: false, email: false }, 'Choose at least one MFA method.'],
    [{ mode: 'ON', totp: true, sms: true, email: false }, 'SMS needs a configuration first: Authentication methods, SMS.'],
    [{ mode: 'OPTIONAL', totp: true, sms: false, email: false }, undefined],
    [{ mode: 'ON', totp: true, sms: false, email: true }, expect.stringContaining('sent with Amazon SES')],
  ] as const)('find in %o: %s', (values, fault) => {
    expect(mfaFault(values, {})).toEqual(fault)
  })
})

describe('the deletion of a pool', () => {
  const asked = async (refused: string | undefined, obstacles = { unprotects: true, freesDomains: true }) => {
    let DeletionProtection = 'ACTIVE'
    const calls: string[] = []
    const ask = (async (operation: string, input: { DeletionProtection?: string }) => {
      if (operation === refused) throw new ApiError('InvalidParameterException', `no ${operation}`)
      if (operation !== 'DescribeUserPool') calls.push(operation)
      DeletionProtection = input.DeletionProtection ?? DeletionProtection
      return { UserPool: { Id: 'p', Domain: 'shop', DeletionProtection } }
    }) as unknown as Call
    const fault = await deletePool(ask, 'p', obstacles).catch((error: Error) => error.message)
    return { calls, fault, DeletionProtection }
  }

  it('takes away what stands in the way, and protects again what stays after all', async () => {
    expect(await asked(undefined)).toEqual({
      calls: ['UpdateUserPool', 'DeleteUserPoolDomain', 'DeleteUserPool'],
      fault: undefined,
      DeletionProtection: 'INACTIVE',
    })
    for (const refused of ['DeleteUserPoolDomain', 'DeleteUserPool']) {
      expect(await asked(refused)).toMatchObject({ fault: `no ${refused}`, DeletionProtection: 'ACTIVE' })
    }
    expect((await asked('DeleteUserPool', { unprotects: false, freesDomains: false })).calls).toEqual([])
  })
})

describe('what is typed', () => {
  it('as a message has a place for what it carries', () => {
    const values = verificationMessageValues({})
    expect(verificationMessageFault(values)).toBeUndefined()
    expect(verificationMessageFault({ ...values, sms: 'Your code' })).toMatchObject({ field: 'sms' })
    expect(verificationMessageFault({ ...values, sms: `{####}${'x'.repeat(140)}` })?.says).toContain('at most 140')
    expect(verificationMessageFault({ ...values, linkMessage: 'Click' })).toBeUndefined()
    expect(verificationMessageFault({ ...values, type: 'CONFIRM_WITH_LINK', linkMessage: 'Click' })).toMatchObject({ field: 'linkMessage' })
    expect(
      verificationMessageFault({ ...values, type: 'CONFIRM_WITH_LINK', linkMessage: '{##Click##}', message: '{####}' }),
    ).toBeUndefined()
    expect(mfaMessageFault({ sms: '', hasEmail: false, subject: '', message: 'Code' })).toBeUndefined()
    expect(mfaMessageFault({ sms: '', hasEmail: true, subject: '', message: 'Code' })).toMatchObject({ field: 'message' })
  })

  it('as a password policy has whole numbers within the API’s ranges', () => {
    const values = passwordPolicyValues({})
    expect(passwordPolicyFault(values)).toBeUndefined()
    expect(passwordPolicyFault({ ...values, minimum: '5' })).toBe('The minimum length is a whole number from 6 to 99.')
    expect(passwordPolicyFault({ ...values, days: '1.5' })).toContain('from 1 to 365')
    expect(passwordPolicyFault({ ...values, history: '' })).toContain('from 0 to 24')
  })

  it('as tags has a key in every row, and none twice', () => {
    expect(tagRowsFault([{ key: 'a', value: '' }])).toBeUndefined()
    expect(tagRowsFault([{ key: ' ', value: 'x' }])).toBe('Every tag needs a key.')
    expect(tagRowsFault([...tagRows({ a: '1' }), { key: 'a', value: '2' }])).toBe('There are two tags with the key a.')
  })

  it('as attributes to verify fits what the pool can send', () => {
    const values = { ...verificationValues({}), phone: true, keepsOld: true }
    expect(verificationFault(values, {})).toContain('SMS configuration')
    expect(verificationFault(values, { SmsConfiguration: { SnsCallerArn: 'arn' } })).toBeUndefined()
    expect(verificationChanges(values)).toEqual({
      AutoVerifiedAttributes: ['phone_number'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['phone_number'] },
    })
  })

  it('as a custom attribute becomes one that the API takes', async () => {
    const { UserPoolId } = await plainPool()
    const values = { ...noCustomAttribute, name: 'team', min: '1', max: '20' }
    expect(customAttributeFault({ ...values, name: 'custom:team' })).toContain('Leave out custom:')
    expect(customAttributeFault({ ...values, max: '2049' })).toBe('The maximum length is a whole number from 0 to 2048.')
    await server.ok('AddCustomAttributes', { UserPoolId, CustomAttributes: [customAttribute(values)] })
    expect((await described(UserPoolId)).SchemaAttributes).toContainEqual({
      Name: 'custom:team',
      AttributeDataType: 'String',
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      StringAttributeConstraints: { MinLength: '1', MaxLength: '20' },
    })
  })
})

const plainPool = async (): Promise<{ readonly UserPoolId: string }> => ({
  UserPoolId: (await server.ok('CreateUserPool', { PoolName: 'plain' })).UserPool.Id,
})

describe('a new pool', () => {
  // The harness has no types for what operations answer.
  const call = ((operation, input) => server.ok(operation, input)) as Call
  const maker = { accountId: '000000000000', call }
  const unnoted = () => {}

  it('is made with the defaults of the AWS console, and managed login for its client', async () => {
    const form = { ...noPool, returnUrl: 'http://localhost:3000', phone: true, required: ['name'] }
    const { poolId, clientId } = await makePool(form, maker, {}, unnoted)
    expect(await described(poolId)).toMatchObject({
      Name: 'User pool - My web app',
      UsernameConfiguration: { CaseSensitive: false },
      UsernameAttributes: ['email', 'phone_number'],
      AutoVerifiedAttributes: ['email', 'phone_number'],
      DeletionProtection: 'ACTIVE',
      Domain: prefixOf(poolId),
    })
    const client = (await server.ok('DescribeUserPoolClient', { UserPoolId: poolId, ClientId: clientId })).UserPoolClient
    expect(client).toMatchObject({
      ClientName: 'My web app',
      ClientSecret: expect.any(String),
      PreventUserExistenceErrors: 'ENABLED',
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH'],
      CallbackURLs: ['http://localhost:3000'],
    })
    const { ManagedLoginBranding: style } = await server.ok('DescribeManagedLoginBrandingByClient', {
      UserPoolId: poolId,
      ClientId: clientId,
    })
    expect(style.UseCognitoProvidedValues).toBe(true)
    const { DomainDescription: domain } = await server.ok('DescribeUserPoolDomain', { Domain: prefixOf(poolId) })
    expect(domain.ManagedLoginVersion).toBe(2)
  })

  it('goes on where it stopped after a refusal, and makes nothing twice', async () => {
    let progress: Progress = {}
    const note = (now: Progress) => {
      progress = now
    }
    const form = { ...noPool, type: 'spa' as const, poolName: 'Stopped', prefix: 'my-aws-pool' }
    await expect(makePool(form, maker, progress, note)).rejects.toThrow()
    expect(progress).toEqual({ poolId: expect.any(String), poolName: 'Stopped' })
    const { poolId, clientId } = await makePool({ ...form, poolName: 'Renamed', prefix: 'my-shop' }, maker, progress, note)
    expect(progress).toEqual({ poolId, poolName: 'Stopped', domain: 'my-shop', clientId, clientName: 'My SPA app' })
    const { UserPools: pools } = await server.ok('ListUserPools', { MaxResults: 60 })
    expect(pools.filter(({ Name }: { Name: string }) => Name === 'Stopped')).toHaveLength(1)
    expect((await described(poolId)).Domain).toBe('my-shop')
    const client = (await server.ok('DescribeUserPoolClient', { UserPoolId: poolId, ClientId: clientId })).UserPoolClient
    expect([client.ClientSecret, client.AllowedOAuthFlowsUserPoolClient]).toEqual([undefined, false])
  })

  it('for a machine has a scope that the client may ask for, and no sign-up', async () => {
    const { poolId, clientId } = await makePool({ ...noPool, type: 'machine' }, maker, {}, unnoted)
    const client = (await server.ok('DescribeUserPoolClient', { UserPoolId: poolId, ClientId: clientId })).UserPoolClient
    expect(client).toMatchObject({ AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['default-m2m-resource-server/read'] })
    expect((await described(poolId)).AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true)
  })

  it('names addresses beside a user name as aliases', () => {
    const form = { ...noPool, username: true }
    expect(newPoolInput(form, '1')).toMatchObject({
      AliasAttributes: ['email'],
      Schema: [{ Name: 'email', Required: true, Mutable: true }],
    })
    expect(newPoolInput({ ...form, email: false }, '1')).not.toHaveProperty('AliasAttributes')
  })

  it.each(['web', 'spa', 'mobile', 'machine'] as const)('gets the app client that the form of app clients makes: %s', async (type) => {
    const form = { ...noPool, type, clientName: 'Till', returnUrl: type === 'machine' ? '' : 'http://localhost:3000' }
    const made: unknown[] = []
    const note = ((operation, input) => {
      if (operation === 'CreateUserPoolClient') made.push(input)
      return server.ok(operation, input)
    }) as Call
    const { poolId } = await makePool({ ...form, poolName: `For ${type}` }, { ...maker, call: note }, {}, unnoted)
    const client = { ...noClient, kind: type, name: 'Till', returnUrl: form.returnUrl }
    expect(made).toEqual([newClientInput(poolId, client, 'ESSENTIALS')])
    expect(clientOf(form)).toEqual(client)
  })

  it.each([
    [{}, undefined],
    [{ email: false }, 'Choose at least one option for sign-in identifiers.'],
    [{ email: false, type: 'machine' }, undefined],
    [{ returnUrl: 'localhost' }, { field: 'returnUrl', says: 'localhost is not a valid redirect URI.' }],
    [{ returnUrl: 'http://example.com/cb' }, { field: 'returnUrl', says: 'http://example.com/cb cannot use the HTTP protocol.' }],
    [{ prefix: 'My Shop!' }, { field: 'prefix', says: expect.stringContaining('invalid character') }],
    [{ prefix: ' my-shop ' }, undefined],
    [
      { type: 'machine', prefix: 'my-aws-app' },
      { field: 'prefix', says: 'Domain cannot contain reserved word: aws' },
    ],
    [{ clientName: 'Café' }, { field: 'clientName', says: expect.stringContaining('letters a to z') }],
    [{ poolName: 'Shop!' }, { field: 'poolName', says: expect.stringContaining('letters a to z') }],
    [{ returnUrl: 'myapp://callback' }, undefined],
  ] as const)('typed as %o: %s', (typed, fault) => {
    expect(newPoolFault({ ...noPool, ...typed })).toEqual(fault)
  })

  it('gets a domain without reserved words from its ID', () => {
    expect(prefixOf('us-east-1_AbcDEF123')).toBe('us-east-1abcdef123')
    expect(prefixOf('us-east-1_xAWSx')).toBe('us-east-1xaw-sx')
  })
})
