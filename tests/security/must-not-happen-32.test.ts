import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { tokenParts } from '../support/token-parts.ts'

let server: Harness
let pool: MadePool
let machine: MadePool

const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: ScopeName })

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  for (const Identifier of ['api', 'other']) {
    await server.ok('CreateResourceServer', {
      UserPoolId: pool.UserPoolId,
      Identifier,
      Name: Identifier,
      Scopes: ['read', 'write', 'admin'].map(scope),
    })
  }
  machine = await makeClient(server, pool.UserPoolId, {
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as const],
    AllowedOAuthScopes: ['api/read', 'api/write', 'aws.cognito.signin.user.admin', 'openid'],
  })
})
afterAll(() => server.close())

const token = (Scopes?: string[], { ClientId, ClientSecret: Secret } = machine) =>
  server.call('GetClientToken', { ClientId, Secret, ...(Scopes === undefined ? {} : { Scopes }) }, { unsigned: true })

const scopesOf = (answer: Awaited<ReturnType<typeof token>>): string[] => {
  const { AccessToken } = answer.body.ClientAuthenticationResult ?? expect.fail(JSON.stringify(answer.body))
  return tokenParts(AccessToken).payload['scope'].split(' ').sort()
}

describe('must-not-happen 32: a token for an app client never has more scopes than were asked for, allowed and exist:', () => {
  it('what is asked for, of what is allowed', async () => {
    expect(scopesOf(await token(['api/read']))).toEqual(['api/read'])
    expect(scopesOf(await token(['api/write', 'api/read', 'api/write']))).toEqual(['api/read', 'api/write'])
    expect(scopesOf(await token())).toEqual(['api/read', 'api/write'])
    expect(scopesOf(await token([]))).toEqual(['api/read', 'api/write'])
  })

  it.each([
    'api/admin',
    'other/read',
    'api/nothing',
    'nothing/read',
    'aws.cognito.signin.user.admin',
    'openid',
    'API/READ',
    'api/read2',
    'api/',
    'api/*',
  ])('%s is refused, alone or beside a good one', async (foreign) => {
    for (const Scopes of [[foreign], ['api/read', foreign]]) {
      const { status, body } = await token(Scopes)
      expect([status, body.__type, body.message]).toEqual([400, 'InvalidParameterException', `Invalid scope requested: ${foreign}`])
    }
  })

  it.each(['api/read api/admin', 'api/read\u00a0', '"'])('no blank or quote smuggles one in: %j', async (smuggled) => {
    expect((await token([smuggled])).body.__type).toBe('InvalidParameterException')
  })

  it('a scope that was taken from its resource server is gone from the next token on', async () => {
    const { UserPoolId } = pool
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'fleeting', Name: 'f', Scopes: [scope('a'), scope('b')] })
    const made = await makeClient(server, UserPoolId, {
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as const],
      AllowedOAuthScopes: ['fleeting/a', 'fleeting/b'],
    })
    expect(scopesOf(await token(undefined, made))).toEqual(['fleeting/a', 'fleeting/b'])
    await server.ok('UpdateResourceServer', { UserPoolId, Identifier: 'fleeting', Name: 'f', Scopes: [scope('b')] })
    expect(scopesOf(await token(undefined, made))).toEqual(['fleeting/b'])
    expect((await token(['fleeting/a'], made)).body.__type).toBe('InvalidParameterException')
    await server.ok('DeleteResourceServer', { UserPoolId, Identifier: 'fleeting' })
    for (const Scopes of [undefined, ['fleeting/b']]) expect((await token(Scopes, made)).body.__type).toBe('InvalidParameterException')
  })

  it('it opens nothing of any user', async () => {
    const { AccessToken } = (await token()).body.ClientAuthenticationResult
    for (const operation of ['GetUser', 'GlobalSignOut', 'DeleteUser', 'ListUserSessions'] as const) {
      expect((await server.refused(operation, { AccessToken }))[0], operation).toBe('NotAuthorizedException')
    }
  })
})
