import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeClient } from '../support/change-settings.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { makeApi, type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { codeFor, pageSettings, redeem, refusal } from '../support/page-codes.ts'
import { tokenParts } from '../support/token-parts.ts'

const admin = 'aws.cognito.signin.user.admin'
const everything = ['openid', 'email', 'phone', 'profile', admin, 'api/read', 'api/write']

let server: OAuthServer
let UserPoolId: string
let made: MadePool

beforeAll(async () => {
  server = await startOAuth()
  ;({ UserPoolId } = await makePool(server.harness))
  await makeUser(server.harness, UserPoolId, 'ana', { email: 'ana@example.org', given_name: 'Ana' })
})
beforeEach(async () => {
  await server.harness.call('DeleteResourceServer', { UserPoolId, Identifier: 'api' })
  await makeApi(server.harness, UserPoolId)
  made = await makeClient(server.harness, UserPoolId, { ...pageSettings, AllowedOAuthScopes: everything })
})
afterAll(() => server.stop())

const allow = (AllowedOAuthScopes: string[]) => changeClient(server.harness, made.ClientId, { AllowedOAuthScopes })
const scopeOf = (token: string): string => tokenParts(token).payload['scope']
const signIn = async (scopes: readonly string[]) =>
  (await redeem(server, made, await codeFor(server.harness, made, 'ana', { scopes }))).body

/** Every way to refresh, and the scopes of the token that it answers; what is refused answers the error. */
const refreshes: Readonly<Record<string, (token: string) => Promise<string>>> = {
  '/oauth2/token': async (refresh_token) => {
    const { body } = await server.post('token', { grant_type: 'refresh_token', client_id: made.ClientId, refresh_token })
    return body.error ?? scopeOf(body.access_token)
  },
  REFRESH_TOKEN_AUTH: async (REFRESH_TOKEN) => {
    const { ClientId } = made
    const { body } = await server.harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN },
    })
    return body.message ?? scopeOf(body.AuthenticationResult.AccessToken)
  },
  GetTokensFromRefreshToken: async (RefreshToken) => {
    const { body } = await server.harness.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken })
    return body.message ?? scopeOf(body.AuthenticationResult.AccessToken)
  },
}

describe('must-not-happen 32: a code never gives more scopes than were granted and are still allowed', () => {
  it.each([
    [['openid', 'api/read'], ['openid'], 'openid'],
    [['openid', 'email', 'phone'], ['openid', 'phone', 'profile', 'api/write'], 'openid phone'],
    [['openid', admin], [admin], admin],
    // openid alone would open what email kept back.
    [['openid', 'email', admin], ['openid', admin], admin],
  ])('%j, of which %j are left: %s', async (granted, left, scope) => {
    const code = await codeFor(server.harness, made, 'ana', { scopes: granted })
    await allow(left)
    const { body } = await redeem(server, made, code)
    expect(scopeOf(body.access_token)).toBe(scope)
    expect(body.id_token !== undefined).toBe(scope.split(' ').includes('openid'))
    await allow(everything)
    // What was lost at the redemption does not come back.
    for (const refresh of Object.values(refreshes)) expect(await refresh(body.refresh_token)).toBe(scope)
  })

  it('a scope that its resource server has no more', async () => {
    const code = await codeFor(server.harness, made, 'ana', { scopes: ['openid', 'api/read', 'api/write'] })
    const Scopes = [{ ScopeName: 'write', ScopeDescription: 'write' }]
    await server.harness.ok('UpdateResourceServer', { UserPoolId, Identifier: 'api', Name: 'API', Scopes })
    const { body } = await redeem(server, made, code)
    expect(scopeOf(body.access_token)).toBe('openid api/write')
  })

  it('whatever the redemption asks for', async () => {
    const code = await codeFor(server.harness, made, 'ana', { scopes: ['openid'] })
    const { body } = await redeem(server, made, code, { scope: everything.join(' ') })
    expect(scopeOf(body.access_token)).toBe('openid')
  })
})

describe.each(Object.entries(refreshes))('must-not-happen 32: refreshing a session of a page by %s', (_, refresh) => {
  it('gives the granted scopes, without those that the client has lost meanwhile', async () => {
    const { refresh_token } = await signIn(['openid', 'email', 'api/read', admin])
    expect(await refresh(refresh_token)).toBe(`openid email api/read ${admin}`)
    await allow(['openid', 'email', 'phone', 'api/write', admin])
    expect(await refresh(refresh_token)).toBe(`openid email ${admin}`)
    await allow(['openid', admin])
    expect(await refresh(refresh_token)).toBe(admin)
    await allow(everything)
    await server.harness.ok('DeleteResourceServer', { UserPoolId, Identifier: 'api' })
    expect(await refresh(refresh_token)).toBe(`openid email ${admin}`)
  })

  it('gives nothing when none is left, or when the client takes no part in OAuth any more', async () => {
    const { refresh_token } = await signIn(['openid', 'api/read'])
    const nothing = ['invalid_grant', 'Invalid Refresh Token.']
    await allow(['email', 'api/write'])
    expect(nothing).toContain(await refresh(refresh_token))
    await allow(everything)
    await changeClient(server.harness, made.ClientId, { AllowedOAuthFlowsUserPoolClient: false })
    expect(nothing).toContain(await refresh(refresh_token))
    await changeClient(server.harness, made.ClientId, { AllowedOAuthFlowsUserPoolClient: true })
    expect(await refresh(refresh_token)).toBe('openid api/read')
  })
})

describe('must-not-happen 32: a refresh at the token endpoint that names scopes', () => {
  const ask = async (refresh_token: string, scope: string) => {
    const form = { grant_type: 'refresh_token', client_id: made.ClientId, refresh_token, scope }
    const { body } = await server.post('token', form)
    return body.error ?? scopeOf(body.access_token)
  }

  it('gets no others, and none that widens', async () => {
    const { refresh_token } = await signIn(['openid', 'email', 'api/read'])
    expect(await ask(refresh_token, 'openid email')).toBe('openid email')
    expect(await ask(refresh_token, 'api/read')).toBe('api/read')
    for (const wider of ['openid email phone', 'api/write', admin, 'openid', 'openid api/read']) {
      expect([wider, await ask(refresh_token, wider)]).toEqual([wider, 'invalid_scope'])
    }
    await allow(['openid', 'email'])
    expect(await ask(refresh_token, 'api/read')).toBe('invalid_grant')
    expect(await ask(refresh_token, 'openid email api/read')).toBe('openid email')
  })

  it('has an ID token with openid only', async () => {
    const { refresh_token } = await signIn(['openid', admin])
    const form = { grant_type: 'refresh_token', client_id: made.ClientId, refresh_token, scope: admin }
    const { body } = await server.post('token', form)
    expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in'])
    await allow([admin])
    expect(await refusal(server.post('token', { ...form, scope: 'openid' }))).toEqual([400, 'invalid_grant'])
  })
})
