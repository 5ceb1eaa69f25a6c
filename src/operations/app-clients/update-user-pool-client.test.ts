import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

const described = async (ClientId: string) => (await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient

describe('UpdateUserPoolClient', () => {
  it('puts what the request leaves out back to its default, and keeps name and secret', async () => {
    const { UserPoolClient: fresh } = await server.ok('CreateUserPoolClient', { UserPoolId, ClientName: 'app', GenerateSecret: true })
    const { ClientId } = fresh
    const settings = {
      AccessTokenValidity: 10,
      IdTokenValidity: 20,
      RefreshTokenValidity: 5,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
      ReadAttributes: ['email'],
      WriteAttributes: ['name'],
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      SupportedIdentityProviders: ['COGNITO'],
      CallbackURLs: ['https://app.example.org/back'],
      LogoutURLs: ['https://app.example.org/out'],
      DefaultRedirectURI: 'https://app.example.org/back',
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      AllowedOAuthFlowsUserPoolClient: true,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: false,
      EnablePropagateAdditionalUserContextData: true,
      AuthSessionValidity: 15,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    }
    const { UserPoolClient: changed } = await server.ok('UpdateUserPoolClient', { UserPoolId, ClientId, ...settings })
    expect(changed).toEqual({ ...fresh, ...settings })
    expect(await described(ClientId)).toEqual(changed)
    server.clock.advance(1000)
    const { UserPoolClient: reset } = await server.ok('UpdateUserPoolClient', { UserPoolId, ClientId })
    expect(reset).toEqual({ ...fresh, LastModifiedDate: server.clock.now() / 1000 })
  })

  it('renames', async () => {
    const { ClientId } = await makeClient(server, UserPoolId)
    await server.ok('UpdateUserPoolClient', { UserPoolId, ClientId, ClientName: 'renamed' })
    expect((await described(ClientId)).ClientName).toBe('renamed')
  })

  it('changes no id', async () => {
    const { ClientId } = await makeClient(server, UserPoolId)
    const rename = (id: string) => ({ UserPoolId, ClientId, ClientName: `_custom_id_:${id}` })
    expect(await server.refused('UpdateUserPoolClient', rename('other'))).toEqual([
      'InvalidParameterException',
      `The id of the app client ${ClientId} cannot be changed.`,
    ])
    expect((await server.ok('UpdateUserPoolClient', rename(ClientId))).UserPoolClient).toMatchObject({ ClientId, ClientName: ClientId })
  })

  it('refuses what CreateUserPoolClient refuses', async () => {
    const { ClientId } = await makeClient(server, UserPoolId)
    const before = await described(ClientId)
    const refused = (more: object) => server.refused('UpdateUserPoolClient', { UserPoolId, ClientId, ...more })
    expect(await refused({ WriteAttributes: ['email_verified'] })).toEqual([
      'InvalidParameterException',
      'Invalid write attributes specified while updating a client',
    ])
    expect(await refused({ AllowedOAuthFlows: ['client_credentials'] })).toEqual([
      'InvalidOAuthFlowException',
      'client_credentials flow can not be selected if client does not have a client secret.',
    ])
    expect(await refused({ EnablePropagateAdditionalUserContextData: true })).toEqual([
      'InvalidParameterException',
      'Client Secret is required to set EnablePropagateAdditionalUserContextData as true',
    ])
    expect(await described(ClientId)).toEqual(before)
  })

  it('refuses a scope that is gone, which the client had until then', async () => {
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'x' }]
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'brief', Name: 'brief', Scopes })
    const { ClientId } = await makeClient(server, UserPoolId, { AllowedOAuthScopes: ['brief/read'] })
    await server.ok('DeleteResourceServer', { UserPoolId, Identifier: 'brief' })
    expect((await described(ClientId)).AllowedOAuthScopes).toEqual(['brief/read'])
    expect(await server.refused('UpdateUserPoolClient', { UserPoolId, ClientId, AllowedOAuthScopes: ['brief/read'] })).toEqual([
      'ScopeDoesNotExistException',
      'Invalid scope requested: brief/read',
    ])
  })

  it('refuses the second of two changes at once, and keeps the first', async () => {
    const { ClientId } = await makeClient(server, UserPoolId)
    const change = (ClientName: string) => ({ UserPoolId, ClientId, ClientName })
    const slow = withRival(server, 'clients', () => server.ok('UpdateUserPoolClient', change('first')))
    expect(await slow.refused('UpdateUserPoolClient', change('second'))).toEqual([
      'ConcurrentModificationException',
      'The resource was changed by another request. Read it again and retry.',
    ])
    expect((await described(ClientId)).ClientName).toBe('first')
  })

  it('leaves a client of another pool alone', async () => {
    const other = await makePool(server)
    expect(await server.refused('UpdateUserPoolClient', { UserPoolId, ClientId: other.ClientId, ClientName: 'x' })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${other.ClientId} does not exist.`,
    ])
  })
})
