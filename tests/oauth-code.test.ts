import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokenHash } from '../src/crypto/token-hash.ts'
import { issueCode, issueImplicitTokens } from '../src/flows/authorization.ts'
import { readRefreshToken } from '../src/flows/refresh-grant.ts'
import type { TriggerEvent } from '../src/triggers/triggers.ts'
import { changeClient } from './support/change-settings.ts'
import { type MadePool, makeClient, makePool } from './support/make-pool.ts'
import { makeUser } from './support/make-user.ts'
import { makeApi, type OAuthServer, startOAuth } from './support/oauth-server.ts'
import {
  authorization,
  callback,
  codeChallenge,
  codeFor,
  pageContext,
  pageSettings,
  pageSignIn,
  redeem,
  refusal,
  verifier,
} from './support/page-codes.ts'
import { tokensOf } from './support/sign-in.ts'
import { tokenParts } from './support/token-parts.ts'
import { trackSessions } from './support/tracked-sessions.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:tokens'
const admin = 'aws.cognito.signin.user.admin'

let server: OAuthServer
let pool: MadePool
let events: TriggerEvent[] = []
let failure: Error | undefined
let response: Record<string, unknown> | undefined

const withUser = async (settings = {}, client = {}): Promise<MadePool> => {
  const made = await makePool(server.harness, settings, { ...pageSettings, ...client })
  await makeUser(server.harness, made.UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true', given_name: 'Ana' })
  return made
}
const refresh = (made: MadePool, refresh_token: string, more: Record<string, string> = {}) =>
  server.post('token', { grant_type: 'refresh_token', client_id: made.ClientId, refresh_token, ...more })
const payloads = (body: Record<string, string>) => ({
  id: body['id_token'] === undefined ? {} : tokenParts(body['id_token']).payload,
  access: tokenParts(body['access_token'] ?? '').payload,
})

beforeAll(async () => {
  server = await startOAuth(
    {},
    {
      [arn]: (event) => {
        events.push(event)
        if (failure !== undefined) throw failure
        return response === undefined ? event : { ...event, response }
      },
    },
  )
  pool = await withUser()
})
afterAll(() => server.stop())

describe('POST /oauth2/token with authorization_code', () => {
  it('answers three tokens for a code, once', async () => {
    const code = await codeFor(server.harness, pool, 'ana')
    expect(code).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const { status, body } = await redeem(server, pool, code)
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['access_token', 'id_token', 'refresh_token', 'token_type', 'expires_in'])
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
    expect(await refusal(redeem(server, pool, code))).toEqual([400, 'invalid_grant'])
  })

  it('writes what the page proved into the tokens, the nonce and the hash of the access token with it', async () => {
    const at = server.harness.clock.now()
    const code = await codeFor(server.harness, pool, 'ana', { nonce: 'n-0S6', scopes: ['openid', 'email', admin] })
    server.harness.clock.advance(60_000)
    const { body } = await redeem(server, pool, code)
    const { id, access } = payloads(body)
    for (const payload of [id, access]) {
      expect(payload).toMatchObject({
        auth_time: at / 1000,
        iat: at / 1000 + 60,
        exp: at / 1000 + 3660,
        amr: ['pwd'],
        acr: 'urn:cognito:loa:1',
      })
    }
    expect(access).toMatchObject({
      version: 2,
      client_id: pool.ClientId,
      token_use: 'access',
      scope: `openid email ${admin}`,
      username: 'ana',
    })
    expect(access).not.toHaveProperty('aud')
    expect(access).not.toHaveProperty('nonce')
    expect(id).toMatchObject({
      aud: pool.ClientId,
      token_use: 'id',
      nonce: 'n-0S6',
      at_hash: tokenHash(body.access_token),
      email_verified: true,
    })
    expect(id).not.toHaveProperty('given_name')
    expect([id['origin_jti'], id['event_id']]).toEqual([access['origin_jti'], access['event_id']])
    server.harness.clock.reset()
  })

  it('answers no ID token without openid', async () => {
    for (const scopes of [[admin], ['email', admin]]) {
      const { body } = await redeem(server, pool, await codeFor(server.harness, pool, 'ana', { scopes, nonce: 'n' }))
      expect(Object.keys(body)).toEqual(['access_token', 'refresh_token', 'token_type', 'expires_in'])
      expect(payloads(body).access['scope']).toBe(scopes.join(' '))
      await server.harness.ok('GetUser', { AccessToken: body.access_token })
      expect((await server.userInfo(body.access_token)).status).toBe(401)
      const again = await refresh(pool, body.refresh_token)
      expect(Object.keys(again.body)).toEqual(['access_token', 'token_type', 'expires_in'])
    }
  })

  it('lets only scopes for it into self-service and userInfo', async () => {
    const { body } = await redeem(server, pool, await codeFor(server.harness, pool, 'ana', { scopes: ['openid'] }))
    expect((await server.userInfo(body.access_token)).body).toMatchObject({ username: 'ana', email: 'ana@example.org' })
    expect(await server.harness.refused('GetUser', { AccessToken: body.access_token })).toEqual([
      'NotAuthorizedException',
      'Access Token does not have required scopes',
    ])
  })

  it('takes a verifier for a challenge, from public and from confidential clients', async () => {
    const confidential = await makeClient(server.harness, pool.UserPoolId, { ...pageSettings, GenerateSecret: true })
    for (const made of [pool, confidential]) {
      const code = await codeFor(server.harness, made, 'ana', { codeChallenge })
      expect((await redeem(server, made, code, { code_verifier: verifier })).status).toBe(200)
    }
    const code = await codeFor(server.harness, confidential, 'ana')
    expect(await refusal(redeem(server, { ...confidential, ClientSecret: '' }, code))).toEqual([400, 'invalid_client'])
    expect((await redeem(server, confidential, code)).status).toBe(200)
  })

  it('needs no redirect_uri where the authorization request had none, and only that one', async () => {
    const code = await codeFor(server.harness, pool, 'ana', { redirectUriGiven: false })
    expect(await refusal(redeem(server, pool, code, { redirect_uri: `${callback}/` }))).toEqual([
      400,
      'unauthorized_client',
      'invalid_redirect',
    ])
    expect((await redeem(server, pool, code, { redirect_uri: undefined })).status).toBe(200)
    const named = await codeFor(server.harness, pool, 'ana', { redirectUriGiven: false })
    expect((await redeem(server, pool, named)).status).toBe(200)
  })

  it('says what is wrong as the token endpoint page has it', async () => {
    expect(await refusal(redeem(server, pool, undefined))).toEqual([400, 'invalid_request', 'code is missing.'])
    expect(await refusal(redeem(server, pool, ''))).toEqual([400, 'invalid_request', 'code is missing.'])
    for (const unknown of ['x', '0'.repeat(5000), '00000000-0000-0000-0000-000000000000', '\u0000', '<script>']) {
      expect(await refusal(redeem(server, pool, unknown))).toEqual([400, 'invalid_grant'])
    }
    const implicit = await makeClient(server.harness, pool.UserPoolId, { ...pageSettings, AllowedOAuthFlows: ['implicit'] })
    const code = await codeFor(server.harness, implicit, 'ana')
    expect(await refusal(redeem(server, implicit, code))).toEqual([400, 'unauthorized_client'])
    expect(await refusal(redeem(server, implicit, 'x'))).toEqual([400, 'unauthorized_client'])
  })

  it('refuses scopes whose attributes the client may not read', async () => {
    const made = await makeClient(server.harness, pool.UserPoolId, { ...pageSettings, ReadAttributes: ['email', 'given_name'] })
    const email = await codeFor(server.harness, made, 'ana', { scopes: ['openid', 'email'] })
    expect(await refusal(redeem(server, made, email))).toEqual([400, 'invalid_grant'])
    expect((await redeem(server, made, await codeFor(server.harness, made, 'ana', { scopes: ['openid', 'profile'] }))).status).toBe(200)
  })

  it('binds the access token to the resource that was asked for, also when it is refreshed', async () => {
    const resource = 'https://api.example/v1'
    const { body } = await redeem(server, pool, await codeFor(server.harness, pool, 'ana', { resource }))
    expect(payloads(body).access['aud']).toBe(resource)
    expect(payloads(body).id['aud']).toBe(pool.ClientId)
    expect(payloads((await refresh(pool, body.refresh_token)).body).access['aud']).toBe(resource)
    const { AuthenticationResult } = await server.harness.ok('GetTokensFromRefreshToken', {
      ClientId: pool.ClientId,
      RefreshToken: body.refresh_token,
    })
    expect(tokenParts(AuthenticationResult.AccessToken).payload['aud']).toBe(resource)
  })

  it('works for a client without token revocation, whose sessions can be ended all the same', async () => {
    const made = await makeClient(server.harness, pool.UserPoolId, { ...pageSettings, EnableTokenRevocation: false })
    const code = await codeFor(server.harness, made, 'ana')
    const { body } = await redeem(server, made, code)
    expect(payloads(body).access).not.toHaveProperty('origin_jti')
    await server.harness.ok('GetUser', { AccessToken: body.access_token })
    await redeem(server, made, code)
    expect((await server.harness.refused('GetUser', { AccessToken: body.access_token }))[1]).toBe('Access Token has been revoked')
  })

  it('keeps no code in clear, and nothing of what it stands for', async () => {
    const code = await codeFor(server.harness, pool, 'ana', { nonce: 'a-nonce-in-clear' })
    await redeem(server, pool, code)
    const opened = await server.harness.store.clients.byClientId(pool.ClientId)
    const { rows } = await server.harness.store.audit.list(opened?.pool.uid ?? '', { limit: 500 })
    expect(rows.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['authorization code put', 'authorization code redeemed']))
    expect(JSON.stringify(rows)).not.toContain(code)
    const hash = rows.find(({ outcome }) => outcome === 'authorization code put')?.subject ?? ''
    const stored = await server.harness.store.authorizationCodes.get(opened?.pool.uid ?? '', hash)
    expect(stored?.sealed.length).toBeGreaterThan(100)
    for (const text of [stored?.sealed ?? '', Buffer.from(stored?.sealed ?? '', 'base64').toString('latin1')]) {
      for (const secret of [code, 'a-nonce-in-clear', callback]) expect(text).not.toContain(secret)
    }
  })
})

describe('the tokens of a page', () => {
  it('stay those of a page when they are refreshed, by whatever way', async () => {
    const { body } = await redeem(server, pool, await codeFor(server.harness, pool, 'ana', { nonce: 'once' }))
    const first = payloads(body)
    server.harness.clock.advance(60_000)
    const byEndpoint = (await refresh(pool, body.refresh_token)).body
    expect(Object.keys(byEndpoint)).toEqual(['access_token', 'id_token', 'token_type', 'expires_in'])
    const byApi = await server.harness.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: body.refresh_token },
    })
    const { IdToken, AccessToken } = byApi.AuthenticationResult
    for (const tokens of [byEndpoint, { id_token: IdToken, access_token: AccessToken }]) {
      const { id, access } = payloads(tokens)
      expect(access).toMatchObject({ version: 2, scope: first.access['scope'], origin_jti: first.access['origin_jti'] })
      expect(id).toMatchObject({
        auth_time: first.id['auth_time'],
        event_id: first.id['event_id'],
        at_hash: tokenHash(tokens.access_token),
      })
      expect(id).not.toHaveProperty('nonce')
    }
    server.harness.clock.reset()
  })

  it('have no ID token without openid by the API either', async () => {
    const { body } = await redeem(server, pool, await codeFor(server.harness, pool, 'ana', { scopes: [admin] }))
    const { AuthenticationResult } = await server.harness.ok('GetTokensFromRefreshToken', {
      ClientId: pool.ClientId,
      RefreshToken: body.refresh_token,
    })
    expect(Object.keys(AuthenticationResult)).not.toContain('IdToken')
  })

  it('differ from those of a sign-in by the API, which have neither version nor at_hash', async () => {
    const { IdToken, AccessToken, RefreshToken } = await tokensOf(server.harness, pool, 'ana')
    expect(tokenParts(AccessToken).payload).not.toHaveProperty('version')
    expect(tokenParts(IdToken).payload).not.toHaveProperty('at_hash')
    const { body } = await refresh(pool, RefreshToken)
    expect(payloads(body).access).not.toHaveProperty('version')
    expect(payloads(body).id).not.toHaveProperty('at_hash')
  })

  it('rotate where the client says so', async () => {
    const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH' as const]
    const made = await makeClient(server.harness, pool.UserPoolId, {
      ...pageSettings,
      ExplicitAuthFlows,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    })
    const { body } = await redeem(server, made, await codeFor(server.harness, made, 'ana'))
    const next = await refresh(made, body.refresh_token)
    expect(next.body.refresh_token).toBeDefined()
    expect(payloads(next.body).access['version']).toBe(2)
    expect(await refusal(refresh(made, body.refresh_token))).toEqual([400, 'invalid_grant'])
    expect((await refresh(made, next.body.refresh_token)).status).toBe(200)
  })

  it('can be refreshed and revoked however many scopes they have, and however long these and their resource are', async () => {
    const made = await withUser()
    const { UserPoolId } = made
    const Identifier = `https://api.example.com/${'x'.repeat(176)}`
    const names = Array.from({ length: 50 }, (_, n) => `${String(n).padStart(2, '0')}${'y'.repeat(53)}`)
    const Scopes = names.map((ScopeName) => ({ ScopeName, ScopeDescription: 'long' }))
    await server.harness.ok('CreateResourceServer', { UserPoolId, Identifier, Name: 'API', Scopes })
    const scopes = names.map((name) => `${Identifier}/${name}`)
    expect(scopes.every(({ length }) => length === 256)).toBe(true)
    const wide = await makeClient(server.harness, UserPoolId, { ...pageSettings, AllowedOAuthScopes: scopes })
    const resource = `https://api.example.com/${'z'.repeat(2000)}`
    const { body } = await redeem(server, wide, await codeFor(server.harness, wide, 'ana', { scopes, resource }))
    const refreshed = await refresh(wide, body.refresh_token)
    expect([refreshed.status, payloads(refreshed.body).access['scope']]).toEqual([200, scopes.join(' ')])
    expect((await server.post('revoke', { client_id: wide.ClientId, token: body.refresh_token })).status).toBe(200)
    expect((await refresh(wide, body.refresh_token)).status).toBe(400)
  })

  it('belong to no device, also in a pool that tracks them', async () => {
    const made = await withUser({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
    const signedIn = { ...(await pageSignIn(server.harness, made, 'ana')), deviceKey: 'us-east-1_a-device' }
    const { body } = await redeem(server, made, await issueCode(pageContext(server.harness), signedIn, authorization()))
    expect(payloads(body).access).not.toHaveProperty('device_key')
    expect((await refresh(made, body.refresh_token)).status).toBe(200)
  })

  it('are made with the function as those of a page', async () => {
    const made = await withUser({ LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: 'V2_0' } } })
    events = []
    const code = await codeFor(server.harness, made, 'ana')
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual(['TokenGeneration_HostedAuth'])
    const { body } = await redeem(server, made, code, { aws_client_metadata: '{"a":"b"}' })
    await refresh(made, body.refresh_token)
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual(['TokenGeneration_HostedAuth', 'TokenGeneration_RefreshTokens'])
    expect(events[0]?.request).toMatchObject({ scopes: ['openid', admin] })
    expect(events[0]?.request).not.toHaveProperty('clientMetadata')
  })

  it('are as the function wanted them when the code was made, and there is no code where it fails', async () => {
    const made = await withUser({ LambdaConfig: { PreTokenGeneration: arn } })
    response = { claimsOverrideDetails: { claimsToAddOrOverride: { shop: 'north' }, claimsToSuppress: ['email'] } }
    const code = await codeFor(server.harness, made, 'ana')
    response = undefined
    failure = new Error('no')
    await expect(codeFor(server.harness, made, 'ana')).rejects.toMatchObject({ message: 'PreTokenGeneration failed with error no.' })
    const { body } = await redeem(server, made, code)
    failure = undefined
    expect(tokenParts(body.id_token).payload).toMatchObject({ shop: 'north' })
    expect(tokenParts(body.id_token).payload).not.toHaveProperty('email')
  })

  it('are a session on the list, which began where the browser was', async () => {
    const made = await withUser()
    await trackSessions(server.harness, made)
    const code = await codeFor(server.harness, made, 'ana', { loginSessionId: 'login-session' })
    const listed = async () => (await server.harness.ok('AdminListUserSessions', { UserPoolId: made.UserPoolId, Username: 'ana' })).Sessions
    expect(await listed()).toEqual([])
    const { body } = await redeem(server, made, code)
    const [session, ...others] = await listed()
    expect(others).toEqual([])
    expect(session).toMatchObject({
      SessionType: 'TOKEN',
      ClientId: made.ClientId,
      LastIPAddress: '192.0.2.7',
      DeviceType: 'Chrome 125, Windows 10',
    })
    const opened = await server.harness.store.clients.byClientId(made.ClientId)
    const grant = opened && (await readRefreshToken(pageContext(server.harness), opened, body.refresh_token))
    const stored = await server.harness.store.userSessions.byId(
      grant === undefined ? '' : (opened?.pool.uid ?? ''),
      grant?.userId ?? '',
      session.SessionId,
    )
    expect([grant?.loginSessionId, stored?.parentId]).toEqual(['login-session', 'login-session'])
    await redeem(server, made, code)
    expect(await listed()).toEqual([])
  })

  it('are on no list where the pool has stopped to keep one', async () => {
    const made = await withUser()
    await trackSessions(server.harness, made)
    const code = await codeFor(server.harness, made, 'ana')
    const { UserPoolId } = made
    const track = (UserSessionTracking: string) =>
      server.harness.ok('SetUserPoolSessionConfiguration', { UserPoolId, UserSessionTracking, TokenSession: { MaxPerUser: 20 } })
    await track('DISABLED')
    const { body } = await redeem(server, made, code)
    await track('ENABLED')
    expect((await server.harness.ok('AdminListUserSessions', { UserPoolId, Username: 'ana' })).Sessions).toEqual([])
    expect((await refresh(made, body.refresh_token)).status).toBe(200)
  })
})

describe('the login session that a page’s tokens came through', () => {
  const ways: Readonly<Record<string, (made: MadePool, token: string, associated: object) => Promise<unknown>>> = {
    RevokeToken: ({ ClientId }, Token, associated) => server.harness.ok('RevokeToken', { ClientId, Token, ...associated }),
    RevokeUserSession: async (made, _, associated) => {
      const [SessionId] = await sessionIds(made)
      const { AccessToken } = await tokensOf(server.harness, made, 'ana')
      return server.harness.ok('RevokeUserSession', { AccessToken, SessionId, ...associated })
    },
    AdminRevokeUserSession: async (made, _, associated) => {
      const [SessionId] = await sessionIds(made)
      return server.harness.ok('AdminRevokeUserSession', { UserPoolId: made.UserPoolId, Username: 'ana', SessionId, ...associated })
    },
  }
  const sessionIds = async ({ UserPoolId }: MadePool): Promise<string[]> => {
    const { Sessions } = await server.harness.ok('AdminListUserSessions', { UserPoolId, Username: 'ana' })
    return Sessions.map(({ SessionId }: { SessionId: string }) => SessionId)
  }

  it.each(Object.entries(ways))('ends by %s with the session only where linked ones go with it', async (_, end) => {
    const made = await withUser()
    await trackSessions(server.harness, made)
    const poolUid = (await server.harness.store.pools.byId(made.UserPoolId))?.uid ?? ''
    for (const associated of [{}, { RevokeAssociatedSessions: 'NONE' }, { RevokeAssociatedSessions: 'LINKED' }]) {
      const { body } = await redeem(server, made, await codeFor(server.harness, made, 'ana', { loginSessionId: 'login' }))
      await end(made, body.refresh_token, associated)
      expect(await refusal(refresh(made, body.refresh_token))).toEqual([400, 'invalid_grant'])
      expect(await server.harness.store.revocations.isRevoked(poolUid, 'login')).toBe(
        'RevokeAssociatedSessions' in associated && associated.RevokeAssociatedSessions === 'LINKED',
      )
      await server.harness.ok('AdminUserGlobalSignOut', { UserPoolId: made.UserPoolId, Username: 'ana' })
    }
  })
})

describe('the implicit grant', () => {
  const issue = async (made: MadePool, more = {}) =>
    issueImplicitTokens(pageContext(server.harness), await pageSignIn(server.harness, made, 'ana'), authorization(more))

  it('has no refresh token, and an ID token with openid only', async () => {
    const issued = await issue(pool, { nonce: 'n', resource: 'https://api.example' })
    expect(issued).not.toHaveProperty('RefreshToken')
    expect(tokenParts(issued.IdToken ?? '').payload).toMatchObject({ nonce: 'n', at_hash: tokenHash(issued.AccessToken ?? '') })
    expect(tokenParts(issued.AccessToken ?? '').payload).toMatchObject({ version: 2, aud: 'https://api.example' })
    await server.harness.ok('GetUser', { AccessToken: issued.AccessToken })
    expect(await issue(pool, { scopes: [admin] })).not.toHaveProperty('IdToken')
  })

  it('calls the function as a page, and lists no session', async () => {
    const made = await withUser({ LambdaConfig: { PreTokenGeneration: arn } })
    await trackSessions(server.harness, made)
    events = []
    await issue(made)
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual(['TokenGeneration_HostedAuth'])
    expect((await server.harness.ok('AdminListUserSessions', { UserPoolId: made.UserPoolId, Username: 'ana' })).Sessions).toEqual([])
  })

  it.each([
    ['the grant', { AllowedOAuthFlows: ['code' as const] }],
    ['OAuth', { AllowedOAuthFlowsUserPoolClient: false }],
    ['the callback', { CallbackURLs: ['https://elsewhere.example'] }],
    ['its scopes', { AllowedOAuthScopes: ['email'] }],
  ])('gives nothing to a client that has lost %s', async (_, change) => {
    const made = await makeClient(server.harness, pool.UserPoolId, pageSettings)
    await changeClient(server.harness, made.ClientId, change)
    await expect(issue(made)).rejects.toMatchObject({ code: 'NotAuthorizedException' })
  })

  it('gives custom scopes that exist, and leaves others out', async () => {
    await makeApi(server.harness, pool.UserPoolId)
    const AllowedOAuthScopes = ['openid', 'api/read', 'api/write']
    const made = await makeClient(server.harness, pool.UserPoolId, { ...pageSettings, AllowedOAuthScopes })
    const issued = await issue(made, { scopes: ['openid', 'api/read', 'api/admin', admin] })
    expect(tokenParts(issued.AccessToken ?? '').payload['scope']).toBe('openid api/read')
  })
})
