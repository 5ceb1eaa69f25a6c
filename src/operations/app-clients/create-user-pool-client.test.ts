import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { contextOf } from '../../api/context-of.ts'
import { createUserPoolClient } from './create-user-pool-client.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

const create = async (settings: Record<string, unknown> = {}) =>
  (await server.ok('CreateUserPoolClient', { UserPoolId, ClientName: 'app', ...settings })).UserPoolClient

const refused = (settings: Record<string, unknown>) =>
  server.refused('CreateUserPoolClient', { UserPoolId, ClientName: 'app', ...settings })

describe('CreateUserPoolClient', () => {
  it('fills in the defaults and shows nothing of its own', async () => {
    const now = server.clock.now() / 1000
    const client = await create()
    expect(client).toEqual({
      UserPoolId,
      ClientName: 'app',
      ClientType: 'REGULAR',
      ClientId: expect.stringMatching(/^[a-z0-9]{26}$/),
      LastModifiedDate: now,
      CreationDate: now,
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      ExplicitAuthFlows: expect.arrayContaining(['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH']),
      AllowedOAuthFlowsUserPoolClient: false,
      PreventUserExistenceErrors: 'LEGACY',
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    })
    expect((await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId: client.ClientId })).UserPoolClient).toEqual(client)
  })

  it('keeps every setting that it is given', async () => {
    const settings = {
      AccessTokenValidity: 6,
      IdTokenValidity: 30,
      RefreshTokenValidity: 6,
      TokenValidityUnits: { AccessToken: 'hours', IdToken: 'minutes', RefreshToken: 'days' },
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['aws.cognito.signin.user.admin', 'openid'],
      AuthSessionValidity: 10,
      CallbackURLs: ['https://example.com', 'http://localhost', 'myapp://example'],
      DefaultRedirectURI: 'https://example.com',
      LogoutURLs: ['https://example.com/logout'],
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: false,
      ReadAttributes: ['email', 'address'],
      WriteAttributes: ['family_name', 'email'],
      SupportedIdentityProviders: ['COGNITO'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    }
    expect(await create(settings)).toMatchObject(settings)
  })

  it('makes a secret, or takes the one it is given', async () => {
    const made = await create({ GenerateSecret: true })
    expect(made.ClientSecret).toMatch(/^[a-z0-9]{52}$/)
    const given = await create({ ClientSecret: 'our_own_secret_of_32_characters+' })
    expect(given.ClientSecret).toBe('our_own_secret_of_32_characters+')
    expect((await create()).ClientSecret).toBeUndefined()
  })

  it('stores no secret in the clear', async () => {
    const { ClientId, ClientSecret } = await create({ GenerateSecret: true })
    const found = await server.store.clients.byClientId(ClientId)
    expect(found?.client.secrets).toHaveLength(1)
    expect(JSON.stringify(found)).not.toContain(ClientSecret)
  })

  it('lets the id be chosen by the name, once', async () => {
    const client = await create({ ClientName: '_custom_id_:my_app' })
    expect(client).toMatchObject({ ClientId: 'my_app', ClientName: 'my_app' })
    expect(await refused({ ClientName: '_custom_id_:my_app' })).toEqual([
      'InvalidParameterException',
      'An app client with the id my_app already exists.',
    ])
    expect((await refused({ ClientName: `_custom_id_:${'a'.repeat(114)}` }))[0]).toBe('InvalidParameterException')
  })

  it('lets only those choose ids who may', async () => {
    const call = { requestId: 'r', operation: 'CreateUserPoolClient', region: 'us-east-1', actor: 'a', ip: undefined, mayChooseIds: false }
    const ctx = contextOf(server, call)
    await expect(createUserPoolClient(ctx, { UserPoolId, ClientName: '_custom_id_:theirs' })).rejects.toMatchObject({
      code: 'NotAuthorizedException',
    })
    expect((await createUserPoolClient(ctx, { UserPoolId, ClientName: 'plain' })).UserPoolClient?.ClientName).toBe('plain')
  })

  it.each([
    ['InvalidParameterException', { GenerateSecret: true, ClientSecret: 'our_own_secret_of_32_characters+' }],
    ['InvalidParameterException', { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ADMIN_NO_SRP_AUTH'] }],
    [
      'InvalidParameterException',
      { RefreshTokenRotation: { Feature: 'ENABLED' }, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'] },
    ],
    ['InvalidParameterException', { CallbackURLs: ['http://example.com'] }],
    ['InvalidParameterException', { CallbackURLs: ['https://example.com'], DefaultRedirectURI: 'https://other.example.com' }],
    ['InvalidParameterException', { WriteAttributes: ['email_verified'] }],
    ['InvalidParameterException', { SupportedIdentityProviders: ['MySSO'] }],
    ['InvalidParameterException', { AccessTokenValidity: 2, TokenValidityUnits: { AccessToken: 'minutes' } }],
    ['InvalidParameterException', { EnablePropagateAdditionalUserContextData: true }],
    ['InvalidOAuthFlowException', { AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['openid'], GenerateSecret: true }],
    ['InvalidOAuthFlowException', { AllowedOAuthFlows: ['client_credentials', 'code'], GenerateSecret: true }],
    ['InvalidOAuthFlowException', { AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid'] }],
    ['ScopeDoesNotExistException', { AllowedOAuthScopes: ['api/read'] }],
  ])('answers %s to %j', async (type, settings) => {
    expect((await refused(settings))[0]).toBe(type)
  })

  it('has no choice-based sign-in on LITE', async () => {
    const lite = (await server.ok('CreateUserPool', { PoolName: 'lite', UserPoolTier: 'LITE' })).UserPool.Id
    const refusal = await refused({ UserPoolId: lite, ExplicitAuthFlows: ['ALLOW_USER_AUTH'] })
    expect(refusal[0]).toBe('FeatureUnavailableInTierException')
  })

  it('refuses a pool that is not there', async () => {
    expect(await refused({ UserPoolId: 'us-east-1_none' })).toEqual([
      'ResourceNotFoundException',
      'User pool us-east-1_none does not exist.',
    ])
  })
})
