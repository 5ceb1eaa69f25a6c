import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRequestRates } from '../src/api/request-rates.ts'
import { userAdminScope } from '../src/domain/scopes.ts'
import { discovery } from '../src/oauth/discovery.ts'
import { newDeviceOf } from './support/device-sign-in.ts'
import { type MadePool, makeClient, makePool } from './support/make-pool.ts'
import { makeUser } from './support/make-user.ts'
import { basic, machineSettings, makeApi, type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { tokensOf } from './support/sign-in.ts'
import { tokenParts } from './support/token-parts.ts'
import { trackSessions } from './support/tracked-sessions.ts'

let server: OAuthServer
let pool: MadePool
/** A resource server's app client, which asks. */
let asking: MadePool
let users = 0

beforeAll(async () => {
  server = await startOAuth({ introspection: true })
  pool = await makePool(server.harness)
  await makeApi(server.harness, pool.UserPoolId)
  asking = await makeClient(server.harness, pool.UserPoolId, machineSettings)
})
afterAll(() => server.stop())

const newUser = async (made = pool): Promise<string> => {
  users += 1
  const username = `user${users}`
  await makeUser(server.harness, made.UserPoolId, username)
  return username
}

const introspect = (token: string, by = asking) => server.post('introspect', { token }, basic(by))
const stateOf = async (token: string, by = asking): Promise<unknown> => {
  const { status, body } = await introspect(token, by)
  return status === 200 ? body.active : [status, body.error]
}
const inactive = { status: 200, body: { active: false } }

describe('POST /oauth2/introspect', () => {
  it('tells of a user’s access token, whatever its scopes are', async () => {
    const username = await newUser()
    const { AccessToken } = await tokensOf(server.harness, pool, username)
    const { payload } = tokenParts(AccessToken)
    const { status, body, headers } = await introspect(AccessToken)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(body).toEqual({
      active: true,
      scope: userAdminScope,
      client_id: pool.ClientId,
      username,
      token_type: 'Bearer',
      exp: payload['exp'],
      iat: payload['iat'],
      sub: payload['sub'],
      iss: payload['iss'],
      jti: payload['jti'],
    })
  })

  it('tells of an app client’s own token', async () => {
    const { body } = await server.post('token', { grant_type: 'client_credentials', scope: 'api/read' }, basic(asking))
    const { payload } = tokenParts(body.access_token)
    expect((await introspect(body.access_token)).body).toEqual({
      active: true,
      scope: 'api/read',
      client_id: asking.ClientId,
      token_type: 'Bearer',
      exp: payload['exp'],
      iat: payload['iat'],
      sub: asking.ClientId,
      iss: payload['iss'],
      jti: payload['jti'],
    })
    const other = await makeClient(server.harness, pool.UserPoolId, machineSettings)
    expect(await stateOf(body.access_token, other)).toBe(true)
    const gone = await server.post('token', { grant_type: 'client_credentials' }, basic(other))
    await server.harness.ok('DeleteUserPoolClient', { UserPoolId: pool.UserPoolId, ClientId: other.ClientId })
    expect(await introspect(gone.body.access_token)).toMatchObject(inactive)
  })

  it('tells of a refresh token to its own client alone', async () => {
    const username = await newUser()
    const confidential = await makeClient(server.harness, pool.UserPoolId, { GenerateSecret: true })
    const { RefreshToken, AccessToken } = await tokensOf(server.harness, confidential, username)
    const { sub } = tokenParts(AccessToken).payload
    const { body } = await introspect(RefreshToken, confidential)
    expect(body).toEqual({
      active: true,
      scope: userAdminScope,
      client_id: confidential.ClientId,
      username,
      token_type: 'refresh_token',
      exp: Math.floor(server.harness.clock.now() / 1000) + 30 * 86_400,
      sub,
      iss: `http://localhost:9339/${pool.UserPoolId}`,
    })
    expect(await introspect(RefreshToken)).toMatchObject(inactive)
  })

  it.each([
    [
      'signed out everywhere',
      (UserPoolId: string, Username: string) => server.harness.ok('AdminUserGlobalSignOut', { UserPoolId, Username }),
    ],
    ['disabled', (UserPoolId: string, Username: string) => server.harness.ok('AdminDisableUser', { UserPoolId, Username })],
    ['deleted', (UserPoolId: string, Username: string) => server.harness.ok('AdminDeleteUser', { UserPoolId, Username })],
    [
      'to reset the password',
      (UserPoolId: string, Username: string) => server.harness.ok('AdminResetUserPassword', { UserPoolId, Username }),
    ],
  ] as const)('says no more than that of tokens of a user who is %s', async (_, end) => {
    const confidential = await makeClient(server.harness, pool.UserPoolId, { GenerateSecret: true })
    users += 1
    const username = `user${users}`
    await makeUser(server.harness, pool.UserPoolId, username, { email: `${username}@example.org`, email_verified: 'true' })
    const { AccessToken, RefreshToken } = await tokensOf(server.harness, confidential, username)
    expect([await stateOf(AccessToken), await stateOf(RefreshToken, confidential)]).toEqual([true, true])
    await end(pool.UserPoolId, username)
    for (const token of [AccessToken, RefreshToken]) expect(await introspect(token, confidential)).toMatchObject(inactive)
    expect(Object.keys((await introspect(AccessToken)).body)).toEqual(['active'])
  })

  it('says the same of tokens that were revoked or are over', async () => {
    const confidential = await makeClient(server.harness, pool.UserPoolId, { GenerateSecret: true })
    const { AccessToken, RefreshToken } = await tokensOf(server.harness, confidential, await newUser())
    await server.post('revoke', { token: RefreshToken }, basic(confidential))
    for (const token of [AccessToken, RefreshToken]) expect(await introspect(token, confidential)).toMatchObject(inactive)
    const young = await tokensOf(server.harness, confidential, await newUser())
    server.harness.clock.advance(3_600_000)
    expect(await stateOf(young.AccessToken)).toBe(false)
    expect(await stateOf(young.RefreshToken, confidential)).toBe(true)
    server.harness.clock.advance(30 * 86_400_000)
    expect(await stateOf(young.RefreshToken, confidential)).toBe(false)
  })

  it('says the same of a refresh token that was rotated out, and uses none up', async () => {
    const rotating = await makeClient(server.harness, pool.UserPoolId, {
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
    })
    const { RefreshToken: first } = await tokensOf(server.harness, rotating, await newUser())
    for (const _ of [1, 2, 3]) expect(await stateOf(first, rotating)).toBe(true)
    const { body } = await server.post('token', { grant_type: 'refresh_token', refresh_token: first }, basic(rotating))
    expect([await stateOf(first, rotating), await stateOf(body.refresh_token, rotating)]).toEqual([false, true])
  })

  it('says the same where the session was ended, or the device forgotten', async () => {
    const tracked = await makePool(
      server.harness,
      { DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } },
      { GenerateSecret: true },
    )
    const devices = await newDeviceOf(server.harness, tracked, await newUser(tracked))
    expect(await stateOf(devices.refreshToken, tracked)).toBe(true)
    await server.harness.ok('ConfirmDevice', {
      AccessToken: devices.accessToken,
      DeviceKey: devices.device.DeviceKey,
      DeviceSecretVerifierConfig: devices.device.DeviceSecretVerifierConfig,
    })
    await server.harness.ok('ForgetDevice', { AccessToken: devices.accessToken, DeviceKey: devices.device.DeviceKey })
    expect(await stateOf(devices.refreshToken, tracked)).toBe(false)
    const plain = await makePool(server.harness, {}, { GenerateSecret: true })
    const sessions = await trackSessions(server.harness, plain)
    const Username = await newUser(plain)
    const { RefreshToken } = await tokensOf(server.harness, plain, Username)
    expect(await stateOf(RefreshToken, plain)).toBe(true)
    const [SessionId] = await sessions.ids(Username)
    await server.harness.ok('AdminRevokeUserSession', { UserPoolId: plain.UserPoolId, Username, SessionId })
    expect(await stateOf(RefreshToken, plain)).toBe(false)
  })

  it('knows nothing of other pools, ID tokens and things that are no tokens', async () => {
    const other = await makePool(server.harness, {}, { GenerateSecret: true })
    await makeApi(server.harness, other.UserPoolId)
    const theirs = await tokensOf(server.harness, other, await newUser(other))
    const machine = await makeClient(server.harness, other.UserPoolId, machineSettings)
    const own = await server.post('token', { grant_type: 'client_credentials' }, basic(machine))
    const { IdToken, AccessToken } = await tokensOf(server.harness, pool, await newUser())
    const [head = '', payload = ''] = AccessToken.split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const token of [
      theirs.AccessToken,
      theirs.RefreshToken,
      own.body.access_token,
      IdToken,
      `${AccessToken.slice(0, -4)}AAAA`,
      `${head}.${payload}.`,
      `${none}.${payload}.`,
      'x',
      'x.y.z',
      ' ',
      '\u0000',
      'é'.repeat(2000),
    ]) {
      const { status, body } = await introspect(token)
      expect([status, body], token.slice(0, 20)).toEqual([200, { active: false }])
    }
    expect(await stateOf(theirs.AccessToken, other)).toBe(true)
  })

  it('wants to know who asks', async () => {
    const { AccessToken: token } = await tokensOf(server.harness, pool, await newUser())
    const wrong = { ...asking, ClientSecret: `${asking.ClientSecret}x` }
    for (const answer of [
      server.post('introspect', { token }, basic(wrong)),
      server.post('introspect', { token, client_id: pool.ClientId }),
      server.post('introspect', { token, client_id: pool.ClientId, client_secret: 'x' }),
      server.post('introspect', { token, client_id: asking.ClientId }),
      server.post('introspect', { token, client_id: 'unknown', client_secret: 'x' }),
      server.post('introspect', { token }, { authorization: `Bearer ${token}` }),
    ]) {
      const { status, body, headers } = await answer
      expect([status, body]).toEqual([401, { error: 'invalid_client' }])
      expect(headers.get('www-authenticate')).toBe('Basic realm="oauth2/introspect"')
    }
    const { ClientId: client_id, ClientSecret: client_secret } = asking
    expect((await server.post('introspect', { token, token_type_hint: 'refresh_token', client_id, client_secret })).body.active).toBe(true)
  })

  it('takes one form in a POST request', async () => {
    for (const [form, error] of [
      [{}, 'token is missing.'],
      [{ token: '' }, 'token is missing.'],
      ['token=a&token=b', 'A parameter is given more than once.'],
    ] as const) {
      const { status, body } = await server.post('introspect', form, basic(asking))
      expect([status, body]).toEqual([400, { error: 'invalid_request', error_description: error }])
    }
    expect((await server.send('/oauth2/introspect?token=x', { headers: basic(asking) })).status).toBe(405)
    expect((await server.post('introspect', { token: 'x'.repeat(70_000) }, basic(asking))).status).toBe(413)
  })

  it('does not count towards what the user may read, but is limited itself', async () => {
    const now = () => 1_000_000
    const counted = await startOAuth({ introspection: true }, {}, { rates: createRequestRates({ UserToken: 3 }, { now }) })
    const made = await makePool(counted.harness, {}, { GenerateSecret: true })
    await makeUser(counted.harness, made.UserPoolId, 'ana')
    const { AccessToken: token } = await tokensOf(counted.harness, made, 'ana')
    const seen: unknown[] = []
    for (let n = 0; n < 4; n += 1) seen.push((await counted.post('introspect', { token }, basic(made))).status)
    expect(seen).toEqual([200, 200, 200, 429])
    await counted.stop()
  })

  it('is there, and in discovery, only where the operator wants it', async () => {
    expect(await discovery(server.harness, pool.UserPoolId)).toMatchObject({
      introspection_endpoint: 'http://localhost:9339/oauth2/introspect',
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    })
    const usual = await startOAuth()
    const made = await makePool(usual.harness, {}, { GenerateSecret: true })
    expect(await discovery(usual.harness, made.UserPoolId)).not.toHaveProperty('introspection_endpoint')
    expect((await usual.post('introspect', { token: 'x' }, basic(made))).status).toBe(404)
    await usual.stop()
  })
})
