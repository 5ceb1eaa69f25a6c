import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRequestRates } from '../src/api/request-rates.ts'
import { userAdminScope } from '../src/domain/scopes.ts'
import { readRefreshToken, sealGrant } from '../src/flows/refresh-grant.ts'
import type { TriggerEvent } from '../src/triggers/triggers.ts'
import type { Harness } from './support/harness.ts'
import { type MadePool, makeClient, makePool } from './support/make-pool.ts'
import { makeUser } from './support/make-user.ts'
import { basic, machineSettings, makeApi, type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { createOutage, type Outage } from './support/outage.ts'
import { tokensOf } from './support/sign-in.ts'
import { tokenParts } from './support/token-parts.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:tokens'

let server: OAuthServer
let pool: MadePool
let machine: MadePool
let events: TriggerEvent[] = []
let failure: Error | undefined

const withMachine = async (settings: Parameters<typeof makePool>[1] = {}): Promise<MadePool> => {
  const { UserPoolId } = await makePool(server.harness, settings)
  await makeApi(server.harness, UserPoolId)
  return makeClient(server.harness, UserPoolId, machineSettings)
}

beforeAll(async () => {
  server = await startOAuth(
    {},
    {
      [arn]: (event) => {
        events.push(event)
        if (failure !== undefined) throw failure
        return event
      },
    },
  )
  machine = await withMachine()
  pool = await makeClient(server.harness, machine.UserPoolId)
  await makeUser(server.harness, pool.UserPoolId, 'ana')
})
afterAll(() => server.stop())

const credentials = { grant_type: 'client_credentials' }
const refresh = (made: MadePool, refresh_token: string, more: Record<string, string> = {}) =>
  server.post('token', { grant_type: 'refresh_token', client_id: made.ClientId, refresh_token, ...more })
const refused = async (answer: ReturnType<OAuthServer['post']>) => {
  const { status, body } = await answer
  return [status, body.error]
}

describe('POST /oauth2/token with client_credentials', () => {
  it('answers an access token of the client itself, by client_secret_basic or client_secret_post', async () => {
    const { ClientId: client_id, ClientSecret: client_secret } = machine
    for (const answer of [
      await server.post('token', credentials, basic(machine)),
      await server.post('token', { ...credentials, client_id }, basic(machine)),
      await server.post('token', { ...credentials, client_id, client_secret }),
    ]) {
      expect(answer.status).toBe(200)
      const { access_token, ...rest } = answer.body
      expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3600 })
      expect(tokenParts(access_token).payload).toMatchObject({
        sub: client_id,
        client_id,
        scope: 'api/read api/write',
        token_use: 'access',
      })
    }
  })

  it('never lets itself be cached or sniffed, and names the request', async () => {
    for (const form of [credentials, { grant_type: 'x' }]) {
      const { headers } = await server.post('token', form, basic(machine))
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'application/json;charset=UTF-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-amz-cognito-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'access-control-allow-origin': '*',
      })
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
  })

  it('refuses whoever does not prove to be the client', async () => {
    const { ClientId: client_id, ClientSecret } = machine
    const wrong = { ...machine, ClientSecret: `${ClientSecret}x` }
    for (const answer of [
      server.post('token', credentials, basic(wrong)),
      server.post('token', { ...credentials, client_id, client_secret: wrong.ClientSecret }),
      server.post('token', { ...credentials, client_id }),
      server.post('token', { ...credentials, client_id, client_secret: '' }),
      server.post('token', credentials, basic({ ...machine, ClientId: 'unknown' })),
      server.post('token', { ...credentials, client_id: 'no\u0000id', client_secret: 'x' }),
      server.post('token', { ...credentials, client_id: pool.ClientId }, basic(machine)),
      server.post('token', { ...credentials, client_id: pool.ClientId, client_secret: 'not its own' }),
      server.post('token', credentials, { authorization: 'Bearer x' }),
    ]) {
      expect(await answer).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
    }
  })

  it('refuses clients without that grant', async () => {
    const { UserPoolId } = machine
    const web = await makeClient(server.harness, UserPoolId, {
      GenerateSecret: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['api/read'],
      CallbackURLs: ['https://app.example'],
    })
    const api = await makeClient(server.harness, UserPoolId, {
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
      AllowedOAuthScopes: ['api/read'],
    })
    for (const made of [web, api]) {
      expect(await refused(server.post('token', credentials, basic(made)))).toEqual([400, 'unauthorized_client'])
    }
    expect(await refused(server.post('token', { ...credentials, client_id: pool.ClientId }))).toEqual([400, 'unauthorized_client'])
  })

  it('passes aws_client_metadata to functions of version 3', async () => {
    const LambdaConfig = { PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: 'V3_0' as const } }
    const made = await withMachine({ LambdaConfig })
    events = []
    await server.post('token', { ...credentials, scope: 'api/read', aws_client_metadata: '{"for":"ana"}' }, basic(made))
    expect(events).toMatchObject([
      {
        version: '3',
        triggerSource: 'TokenGeneration_ClientCredentials',
        request: { scopes: ['api/read'], clientMetadata: { for: 'ana' } },
      },
    ])
    for (const aws_client_metadata of ['{', '[]', '"a"', 'null', '{"a":1}', '{"a":{}}', '['.repeat(20_000)]) {
      const answer = server.post('token', { ...credentials, aws_client_metadata }, basic(made))
      expect(await refused(answer)).toEqual([400, 'invalid_request'])
    }
    failure = new Error('no, not today')
    const failed = await server.post('token', credentials, basic(made))
    failure = undefined
    expect([failed.status, failed.body]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'PreTokenGeneration failed with error no, not today.' },
    ])
  })

  it('keeps to the rate of ClientAuthentication', async () => {
    const clock = { now: () => 0 }
    const limited = await startOAuth({}, {}, { rates: createRequestRates({ ClientAuthentication: 1 }, clock) })
    const { UserPoolId } = await makePool(limited.harness)
    await makeApi(limited.harness, UserPoolId)
    const made = await makeClient(limited.harness, UserPoolId, machineSettings)
    const answers = [
      await limited.post('token', credentials, basic(made)),
      await limited.post('token', credentials, basic(made)),
      await limited.post('token', credentials, basic(made)),
    ]
    await limited.stop()
    const last = answers.at(-1)
    expect(answers[0]?.status).toBe(200)
    expect([last?.status, last?.body, last?.headers.get('retry-after')]).toEqual([429, { error: 'temporarily_unavailable' }, '1'])
  })
})

describe('POST /oauth2/token with refresh_token', () => {
  it('answers new ID and access tokens of a sign-in by the API', async () => {
    const tokens = await tokensOf(server.harness, pool, 'ana')
    const { status, body } = await refresh(pool, tokens.RefreshToken)
    expect([status, Object.keys(body)]).toEqual([200, ['access_token', 'id_token', 'token_type', 'expires_in']])
    expect([body.token_type, body.expires_in]).toEqual(['Bearer', 3600])
    const before = tokenParts(tokens.AccessToken).payload
    expect(tokenParts(body.access_token).payload).toMatchObject({
      sub: before['sub'],
      origin_jti: before['origin_jti'],
      scope: before['scope'],
    })
    expect(tokenParts(body.id_token).payload).toMatchObject({ 'cognito:username': 'ana', aud: pool.ClientId })
    await server.harness.ok('GetUser', { AccessToken: body.access_token })
  })

  it('rotates, and refuses the token that was rotated out', async () => {
    const made = await makeClient(server.harness, pool.UserPoolId, {
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    })
    const { RefreshToken } = await tokensOf(server.harness, made, 'ana')
    const { body } = await refresh(made, RefreshToken)
    expect(Object.keys(body)).toEqual(['access_token', 'id_token', 'refresh_token', 'token_type', 'expires_in'])
    expect(await refused(refresh(made, RefreshToken))).toEqual([400, 'invalid_grant'])
    expect((await refresh(made, body.refresh_token)).status).toBe(200)
  })

  it('refuses garbage, tokens of another client, and those that are over', async () => {
    const other = await makeClient(server.harness, pool.UserPoolId)
    const { RefreshToken, AccessToken } = await tokensOf(server.harness, pool, 'ana')
    for (const [made, token] of [
      [pool, 'x'],
      [pool, AccessToken],
      [other, RefreshToken],
    ] as const) {
      expect(await refused(refresh(made, token))).toEqual([400, 'invalid_grant'])
    }
    expect(await refused(refresh(pool, ''))).toEqual([400, 'invalid_request'])
    await server.harness.ok('GlobalSignOut', { AccessToken })
    expect(await refused(refresh(pool, RefreshToken))).toEqual([400, 'invalid_grant'])
    expect(await refused(server.post('token', { grant_type: 'refresh_token', refresh_token: 'x' }, basic(machine)))).toEqual([
      400,
      'unauthorized_client',
    ])
  })

  it('wants the secret of a client that has one', async () => {
    const made = await makeClient(server.harness, pool.UserPoolId, { GenerateSecret: true })
    const { RefreshToken: refresh_token } = await tokensOf(server.harness, made, 'ana')
    expect(await refused(refresh(made, refresh_token))).toEqual([400, 'invalid_client'])
    expect((await server.post('token', { grant_type: 'refresh_token', refresh_token }, basic(made))).status).toBe(200)
  })

  it('leaves tokens that belong to a device to the API', async () => {
    const made = await makePool(server.harness, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } })
    await makeUser(server.harness, made.UserPoolId, 'ana')
    const { RefreshToken, NewDeviceMetadata } = await tokensOf(server.harness, made, 'ana')
    expect(await refused(refresh(made, RefreshToken))).toEqual([400, 'invalid_grant'])
    await server.harness.ok('GetTokensFromRefreshToken', {
      ClientId: made.ClientId,
      RefreshToken,
      DeviceKey: NewDeviceMetadata.DeviceKey,
    })
  })

  it('tells the function that tokens are refreshed, without aws_client_metadata', async () => {
    const made = await makePool(server.harness, { LambdaConfig: { PreTokenGeneration: arn } })
    await makeUser(server.harness, made.UserPoolId, 'ana')
    const { RefreshToken } = await tokensOf(server.harness, made, 'ana')
    events = []
    await refresh(made, RefreshToken, { aws_client_metadata: '{"for":"ana"}' })
    expect(events).toMatchObject([{ triggerSource: 'TokenGeneration_RefreshTokens' }])
    expect(events[0]?.request).not.toHaveProperty('clientMetadata.for')
  })

  it('never widens the scopes of a session, and narrows them for the access token alone', async () => {
    const { RefreshToken } = await tokensOf(server.harness, pool, 'ana')
    expect((await refresh(pool, RefreshToken, { scope: 'aws.cognito.signin.user.admin' })).status).toBe(200)
    for (const scope of ['openid', 'aws.cognito.signin.user.admin openid']) {
      expect(await refused(refresh(pool, RefreshToken, { scope }))).toEqual([400, 'invalid_scope'])
    }
    const opened = (await server.harness.store.clients.byClientId(pool.ClientId)) ?? expect.fail()
    const ctx = server.harness as unknown as Parameters<typeof sealGrant>[0]
    const grant = (await readRefreshToken(ctx, opened, RefreshToken)) ?? expect.fail()
    const wide = await sealGrant(ctx, { ...grant, scopes: ['openid', 'email'] }, opened.pool.uid)
    const scopeOf = (answer: Awaited<ReturnType<typeof refresh>>) => [
      tokenParts(answer.body.access_token).payload['scope'],
      'id_token' in answer.body,
    ]
    expect(scopeOf(await refresh(pool, wide, { scope: 'email' }))).toEqual(['email', false])
    expect(scopeOf(await refresh(pool, wide))).toEqual(['openid email', true])
    expect(scopeOf(await refresh(pool, wide, { scope: 'openid email offline_access' }))).toEqual(['openid email', true])
    const everything = await sealGrant(ctx, { ...grant, scopes: ['openid', 'email', 'phone', userAdminScope] }, opened.pool.uid)
    expect(scopeOf(await refresh(pool, everything, { scope: 'openid phone' }))).toEqual(['openid phone', true])
    expect(scopeOf(await refresh(pool, everything, { scope: userAdminScope }))).toEqual([userAdminScope, false])
    // Each of them would open attributes that the session's scopes keep closed.
    for (const scope of ['openid', `openid ${userAdminScope}`]) {
      expect(await refused(refresh(pool, everything, { scope }))).toEqual([400, 'invalid_scope'])
    }
  })

  it('keeps to the rate of UserAuthentication', async () => {
    const limited = await startOAuth({}, {}, { rates: createRequestRates({ UserAuthentication: 1 }, { now: () => 0 }) })
    const made = await makePool(limited.harness)
    const form = { grant_type: 'refresh_token', client_id: made.ClientId, refresh_token: 'x' }
    const answers = [await limited.post('token', form), await limited.post('token', form), await limited.post('token', form)]
    await limited.stop()
    const last = answers.at(-1)
    expect(answers[0]?.body).toEqual({ error: 'invalid_grant' })
    expect([last?.status, last?.body, last?.headers.get('retry-after')]).toEqual([429, { error: 'temporarily_unavailable' }, '1'])
  })
})

describe('POST /oauth2/token', () => {
  it('hides what goes wrong in the server', async () => {
    let outage: Outage | undefined
    const through = (harness: Harness) => {
      outage = createOutage(harness)
      return outage.services
    }
    const fragile = await startOAuth({}, {}, { through })
    const { UserPoolId } = await makePool(fragile.harness)
    await makeApi(fragile.harness, UserPoolId)
    const made = await makeClient(fragile.harness, UserPoolId, machineSettings)
    const ask = () => fragile.post('token', credentials, basic(made))
    const parts = (await outage?.used(ask)) ?? []
    expect(parts).toEqual(expect.arrayContaining(['store.clients.recentByClientId', 'keyring.open', 'signingKeys.sign']))
    for (const part of parts) {
      const answer = await outage?.without(part, ask)
      expect([part, answer?.status, answer?.body]).toEqual([part, 500, { error: 'server_error' }])
    }
    await fragile.stop()
  })

  it('names what is missing or not served', async () => {
    expect(await refused(server.post('token', {}, basic(machine)))).toEqual([400, 'invalid_request'])
    expect(await refused(server.post('token', credentials))).toEqual([400, 'invalid_request'])
    for (const grant_type of ['password', 'constructor', '__proto__']) {
      expect(await refused(server.post('token', { grant_type }, basic(machine)))).toEqual([400, 'unsupported_grant_type'])
    }
  })
})
