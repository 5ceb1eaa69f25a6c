import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsThrough, createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { redispatch } from '../../../tests/support/redispatch.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

const input = (more: Record<string, unknown>) => ({ UserPoolId, ClientName: 'app', ...more })
const create = async (more: Record<string, unknown> = {}) => (await server.ok('CreateUserPoolClient', input(more))).UserPoolClient
const refused = (more: Record<string, unknown>) => server.refused('CreateUserPoolClient', input(more))

describe('CreateUserPoolClient', () => {
  it('fills in every default, shows no auth flows that nobody set, and makes no secret', async () => {
    const now = server.clock.now() / 1000
    expect(await create()).toEqual({
      UserPoolId,
      ClientName: 'app',
      ClientId: expect.stringMatching(/^[0-9a-z]{26}$/),
      ClientType: 'REGULAR',
      CreationDate: now,
      LastModifiedDate: now,
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    })
  })

  it('makes a secret, or takes one', async () => {
    expect((await create({ GenerateSecret: true })).ClientSecret).toMatch(/^[0-9a-z]{52}$/)
    expect((await create({ ClientSecret: 'A_secret+of_the+callers_own' })).ClientSecret).toBe('A_secret+of_the+callers_own')
    expect(await refused({ GenerateSecret: true, ClientSecret: 'A_secret+of_the+callers_own' })).toEqual([
      'InvalidParameterException',
      'GenerateSecret cannot be true when ClientSecret is provided.',
    ])
  })

  it('stores no secret in the clear', async () => {
    const { ClientId, ClientSecret } = await create({ GenerateSecret: true })
    const found = await server.store.clients.byClientId(ClientId)
    expect(found?.client.secrets).toHaveLength(1)
    expect(JSON.stringify(found)).not.toContain(ClientSecret)
  })

  it('quotes no secret that does not fit', async () => {
    const [type, message] = await refused({ ClientSecret: 'short' })
    expect(type).toBe('InvalidParameterException')
    expect(message).toContain("Value at 'clientSecret' failed to satisfy constraint")
  })

  it('refuses what does not go together, each with its own error', async () => {
    expect(await refused({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] })).toEqual([
      'InvalidParameterException',
      "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
    ])
    expect(await refused({ WriteAttributes: ['email_verified'] })).toEqual([
      'InvalidParameterException',
      'Invalid write attributes specified while creating a client',
    ])
    expect(await refused({ SupportedIdentityProviders: ['COGNITO', 'Acme'] })).toEqual([
      'InvalidParameterException',
      `The provider Acme does not exist for User Pool ${UserPoolId}`,
    ])
    expect(await refused({ AllowedOAuthFlowsUserPoolClient: true })).toEqual([
      'InvalidOAuthFlowException',
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    ])
    expect(await refused({ AllowedOAuthScopes: ['openid', 'none/read'] })).toEqual([
      'ScopeDoesNotExistException',
      'Invalid scope requested: none/read',
    ])
  })

  it.each([
    ['InvalidParameterException', { CallbackURLs: ['http://example.com'] }],
    ['InvalidParameterException', { CallbackURLs: ['https://example.com'], DefaultRedirectURI: 'https://other.example.com' }],
    ['InvalidParameterException', { AccessTokenValidity: 2, TokenValidityUnits: { AccessToken: 'minutes' } }],
    ['InvalidParameterException', { RefreshTokenRotation: { Feature: 'ENABLED' }, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }],
    ['InvalidOAuthFlowException', { AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['openid'], GenerateSecret: true }],
    ['InvalidOAuthFlowException', { AllowedOAuthFlows: ['client_credentials', 'code'], GenerateSecret: true }],
    ['InvalidOAuthFlowException', { AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid'] }],
  ])('answers %s to %j', async (type, settings) => {
    expect((await refused(settings))[0]).toBe(type)
  })

  it('takes the scopes of the pool’s own resource servers', async () => {
    const other = await makePool(server)
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'x' }]
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'orders', Name: 'orders', Scopes })
    await server.ok('CreateResourceServer', { UserPoolId: other.UserPoolId, Identifier: 'theirs', Name: 'theirs', Scopes })
    expect((await create({ AllowedOAuthScopes: ['orders/read'] })).AllowedOAuthScopes).toEqual(['orders/read'])
    expect(await refused({ AllowedOAuthScopes: ['theirs/read'] })).toEqual([
      'ScopeDoesNotExistException',
      'Invalid scope requested: theirs/read',
    ])
  })

  it('does not sell a LITE pool what LITE lacks', async () => {
    const lite = await makePool(server, { UserPoolTier: 'LITE' })
    expect(await refused({ UserPoolId: lite.UserPoolId, ExplicitAuthFlows: ['ALLOW_USER_AUTH'] })).toEqual([
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the LITE pricing tier configured: Passwordless Sign-In',
    ])
  })

  it('holds the quota of the pool', async () => {
    const create = (by: never, client: never, limit: number) => {
      expect(limit).toBe(1000)
      return server.store.clients.create(by, client, 0)
    }
    const full = callsThrough(redispatch(server, { store: { ...server.store, clients: { ...server.store.clients, create } } as never }))
    expect(await full.refused('CreateUserPoolClient', input({}))).toEqual([
      'LimitExceededException',
      'The user pool has 1000 app clients already.',
    ])
  })
})

describe('a chosen client id', () => {
  it('comes from the name and becomes the name', async () => {
    const client = await create({ ClientName: '_custom_id_:My_app+1' })
    expect(client).toMatchObject({ ClientId: 'My_app+1', ClientName: 'My_app+1' })
  })

  it('is given once, whatever the pool', async () => {
    const other = await makePool(server)
    await create({ ClientName: '_custom_id_:once' })
    expect(await refused({ ClientName: '_custom_id_:once', UserPoolId: other.UserPoolId })).toEqual([
      'InvalidParameterException',
      'An app client with the id once already exists.',
    ])
  })

  it('leaves room for the ids of its secrets', async () => {
    expect(await refused({ ClientName: `_custom_id_:${'a'.repeat(114)}` })).toEqual([
      'InvalidParameterException',
      'A chosen id of an app client has 1 to 113 letters, digits, underscores or plus signs.',
    ])
    const { ClientId } = await create({ ClientName: `_custom_id_:${'a'.repeat(113)}`, GenerateSecret: true })
    const { ClientSecrets } = await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })
    expect(ClientSecrets[0].ClientSecretId).toHaveLength(128)
  })

  it('needs permission', async () => {
    const strict = callsThrough(redispatch(server, {}, { idsChosenBy: 'permission' }))
    expect(await strict.refused('CreateUserPoolClient', input({ ClientName: '_custom_id_:mine' }))).toEqual([
      'NotAuthorizedException',
      'You are not permitted to choose the id of an app client.',
    ])
  })
})
