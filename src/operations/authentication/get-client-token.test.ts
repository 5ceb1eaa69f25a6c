import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'
import { parseJwt } from '../../crypto/jwt.ts'
import type { TriggerEvent } from '../../triggers/triggers.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:tokens'

let server: Harness
let pool: MadePool
let machine: MadePool
let events: TriggerEvent[] = []
let answer: unknown

const machineSettings = {
  GenerateSecret: true,
  ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as const],
  AllowedOAuthScopes: ['api/read', 'api/write'],
}

const withApi = async (settings: Parameters<typeof makePool>[1] = {}): Promise<MadePool> => {
  const made = await makePool(server, settings)
  const Scopes = ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }))
  await server.ok('CreateResourceServer', { UserPoolId: made.UserPoolId, Identifier: 'api', Name: 'API', Scopes })
  return made
}

beforeAll(async () => {
  server = await createHarness(
    {},
    {
      [arn]: (event) => {
        events.push(event)
        if (answer instanceof Error) throw answer
        return { ...event, response: answer ?? event.response ?? {} }
      },
    },
  )
  pool = await withApi()
  machine = await makeClient(server, pool.UserPoolId, machineSettings)
})
afterAll(() => server.close())

const ask = ({ ClientId, ClientSecret: Secret }: MadePool, more: Record<string, unknown> = {}) =>
  ['GetClientToken', { ClientId, Secret, ...more }] as const

describe('GetClientToken', () => {
  it('answers an access token of the app client itself, signed or not', async () => {
    for (const unsigned of [true, false]) {
      const { ClientAuthenticationResult, ...nothing } = await server.ok(...ask(machine), { unsigned })
      const { AccessToken, ...rest } = ClientAuthenticationResult
      expect([nothing, rest]).toEqual([{}, { ExpiresIn: 3600, TokenType: 'Bearer' }])
      const now = server.clock.now() / 1000
      expect(tokenParts(AccessToken).payload).toEqual({
        sub: machine.ClientId,
        token_use: 'access',
        scope: 'api/read api/write',
        auth_time: now,
        iss: `http://localhost:9339/${pool.UserPoolId}`,
        exp: now + 3600,
        iat: now,
        version: 2,
        jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
        client_id: machine.ClientId,
      })
      const { uid } = (await server.store.pools.byId(pool.UserPoolId)) ?? expect.fail('no pool')
      const jwt = parseJwt(AccessToken) ?? expect.fail('no JWT')
      expect(await server.signingKeys.verify(uid, 'access', jwt)).toMatchObject({ sub: machine.ClientId })
    }
  })

  it('lives as long as the access tokens of the client', async () => {
    const made = await makeClient(server, pool.UserPoolId, {
      ...machineSettings,
      AccessTokenValidity: 5,
      TokenValidityUnits: { AccessToken: 'minutes' },
    })
    const { ClientAuthenticationResult } = await server.ok(...ask(made))
    expect(ClientAuthenticationResult.ExpiresIn).toBe(300)
    expect(tokenParts(ClientAuthenticationResult.AccessToken).payload['exp']).toBe(server.clock.now() / 1000 + 300)
  })

  it('takes each of the secrets, and nothing else', async () => {
    const made = await makeClient(server, pool.UserPoolId, machineSettings)
    const second = 'secondsecretsecondsecretsecondsecret'
    await server.ok('AddUserPoolClientSecret', { UserPoolId: made.UserPoolId, ClientId: made.ClientId, ClientSecret: second })
    for (const Secret of [made.ClientSecret, second]) await server.ok(...ask(made, { Secret }))
    for (const Secret of [machine.ClientSecret, 'thirdsecretthirdsecretthirdsecret', made.ClientSecret.toUpperCase()]) {
      expect(await server.refused(...ask(made, { Secret }))).toEqual(['NotAuthorizedException', 'Invalid client or secret'])
    }
  })

  it('is for clients with the flow and a secret only', async () => {
    const other = await makeClient(server, pool.UserPoolId, { GenerateSecret: true, AllowedOAuthScopes: ['api/read'] })
    expect(await server.refused(...ask(other))).toEqual(['InvalidParameterException', 'CLIENT_TOKEN_AUTH flow not enabled for this client'])
    expect(await server.refused(...ask(pool, { Secret: 'thirdsecretthirdsecretthirdsecret' }))).toEqual([
      'NotAuthorizedException',
      'Invalid client or secret',
    ])
    expect((await server.refused(...ask(machine, { ClientId: 'nosuchclient' })))[0]).toBe('ResourceNotFoundException')
  })

  it('needs a custom scope to give', async () => {
    const made = await makeClient(server, pool.UserPoolId, { ...machineSettings, AllowedOAuthScopes: [] })
    expect(await server.refused(...ask(made))).toEqual([
      'InvalidParameterException',
      'The app client has no custom scope of a resource server.',
    ])
  })

  it('signs nobody in', async () => {
    const { ClientId } = machine
    for (const AuthFlow of ['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH'] as const) {
      expect((await server.refused('InitiateAuth', { ClientId, AuthFlow, AuthParameters: {} }))[0]).toBe('InvalidParameterException')
    }
  })
})

describe('GetClientToken and PreTokenGeneration', () => {
  const withTrigger = async (LambdaVersion: 'V1_0' | 'V2_0' | 'V3_0') => {
    events = []
    answer = undefined
    const made = await withApi({ LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion } } })
    return makeClient(server, made.UserPoolId, machineSettings)
  }

  it('asks functions of version 3 only', async () => {
    for (const version of ['V1_0', 'V2_0'] as const) {
      await server.ok(...ask(await withTrigger(version)))
      expect(events).toEqual([])
    }
    const made = await withTrigger('V3_0')
    await server.ok(...ask(made, { Scopes: ['api/read'], ClientMetadata: { environment: 'dev' } }))
    expect(events).toEqual([
      {
        version: '3',
        triggerSource: 'TokenGeneration_ClientCredentials',
        region: 'us-east-1',
        userPoolId: made.UserPoolId,
        userName: 'ClientCredentials',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: made.ClientId },
        request: { userAttributes: {}, groupConfiguration: null, scopes: ['api/read'], clientMetadata: { environment: 'dev' } },
        response: { claimsAndScopeOverrideDetails: null },
      },
    ])
  })

  it('follows the answer, except in what makes the token the client’s', async () => {
    const made = await withTrigger('V3_0')
    answer = {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: {
          claimsToAddOrOverride: { tenant: 't1', sub: 'x', client_id: 'x', token_use: 'id', username: 'root' },
          scopesToAdd: ['api/extra'],
          scopesToSuppress: ['api/write'],
        },
      },
    }
    const { ClientAuthenticationResult } = await server.ok(...ask(made))
    const { payload } = tokenParts(ClientAuthenticationResult.AccessToken)
    expect(payload).toMatchObject({
      tenant: 't1',
      sub: made.ClientId,
      client_id: made.ClientId,
      token_use: 'access',
      scope: 'api/read api/extra',
    })
    expect(payload).not.toHaveProperty('username')
  })

  it('gives no token that opens a user, whatever scope the function adds', async () => {
    const made = await withTrigger('V3_0')
    answer = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: ['aws.cognito.signin.user.admin'] } } }
    const { AccessToken } = (await server.ok(...ask(made))).ClientAuthenticationResult
    expect(['NotAuthorizedException', 'UserNotFoundException']).toContain((await server.refused('GetUser', { AccessToken }))[0])
  })

  it('gives no token when the function fails', async () => {
    const made = await withTrigger('V3_0')
    answer = new Error('not today')
    expect(await server.refused(...ask(made))).toEqual(['InvalidParameterException', 'PreTokenGeneration failed with error not today.'])
    answer = { claimsAndScopeOverrideDetails: 'x' }
    expect(await server.refused(...ask(made))).toEqual(['InvalidParameterException', 'Unrecognizable lambda output'])
  })
})
