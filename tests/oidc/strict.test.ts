import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { basic, machineSettings, makeApi } from '../support/oauth-server.ts'
import { openBrowser, type PageBrowser } from '../support/page-browser.ts'
import { authorizeQuery, callback, makePagePool, pageClient } from '../support/page-pool.ts'
import { tokenParts } from '../support/token-parts.ts'
import { refreshAs } from './flow-checks.ts'
import { membersOf, openParty, type RelyingParty, type Surroundings } from './relying-party.ts'
import { openSurroundings } from './surroundings.ts'

let surroundings: Surroundings
beforeAll(async () => {
  surroundings = await openSurroundings({ strictOidc: true })
})
afterAll(() => surroundings.server.stop())

const open = (types = ['code']): RelyingParty => openParty(surroundings, types)
const scopeOf = (token: string | undefined) => tokenParts(token ?? '').payload['scope']

describe('strict-oidc at the authorization endpoint', () => {
  it.each([
    ['offline_access', 'openid offline_access', 'openid'],
    ['scopes that nobody has', 'openid email nonsense api/unknown', 'openid email'],
    ['nothing, where address is a scope', 'openid address phone', 'openid address phone'],
  ])('ignores %s', async (_, scope, granted) => {
    expect(scopeOf((await open().sign({ scope })).accessToken)).toBe(granted)
  })

  it('grants the client’s own scopes where none are named, and nothing where none is understood', async () => {
    expect(scopeOf((await open().sign({ scope: undefined })).accessToken)).toBe('openid email phone profile aws.cognito.signin.user.admin')
    expect((await open().come({ scope: 'nonsense' })).search).toContain('error=invalid_scope')
  })

  it('refuses scopes that others have, and address without openid', async () => {
    await makeApi(surroundings.server.harness, surroundings.client.UserPoolId)
    for (const scope of ['openid api/read', 'address', 'email']) {
      expect((await open().come({ scope })).search).toContain('error=invalid_scope')
    }
  })

  it('keeps to the address when the token is refreshed', async () => {
    const party = open()
    const { refreshToken = '' } = await party.sign({ scope: 'openid address' })
    const { body } = await refreshAs(party, party.client, refreshToken)
    expect([scopeOf(body.access_token), body.scope]).toEqual(['openid address', 'openid address'])
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: 'openid' }
    expect((await party.server.post('token', form, basic(party.client))).body).toEqual({ error: 'invalid_scope' })
  })

  it.each([
    ['registration', { registration: '{}' }, 'registration_not_supported'],
    ['an unknown response type', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['form_post', { response_mode: 'form_post' }, 'invalid_request'],
    ['a hint that is none', { id_token_hint: 'x.y.z' }, 'invalid_request'],
  ])('refuses %s', async (_, wishes, error) => {
    const back = await open().come(wishes)
    expect([membersOf(back)['error'], membersOf(back)['state']]).toEqual([error, 'a state of mind'])
  })

  it('refuses an ID token without openid, or in a query', async () => {
    for (const wishes of [{ scope: 'aws.cognito.signin.user.admin' }, { response_mode: 'query' }]) {
      const back = await open(['id_token']).come(wishes)
      expect([back.search, membersOf(back)['error']]).toEqual(['', 'invalid_request'])
    }
  })

  it('refuses ID tokens to who may not have tokens at once', async () => {
    const { server, client } = surroundings
    const settings = { ...pageClient, GenerateSecret: true, AllowedOAuthFlows: ['code' as const] }
    const codes = await makeClient(server.harness, client.UserPoolId, settings)
    const back = await openParty({ ...surroundings, client: codes }, ['id_token']).come()
    expect(membersOf(back)['error']).toBe('unauthorized_client')
  })

  it('puts a code behind the # where that is asked for, and takes response types in any order', async () => {
    const back = await open().come({ response_mode: 'fragment' })
    expect([back.search, Object.keys(membersOf(back))]).toEqual(['', ['code', 'state']])
    expect(Object.keys(membersOf(await open(['token id_token']).come({ scope: 'openid email' })))).toEqual([
      'id_token',
      'access_token',
      'token_type',
      'expires_in',
      'scope',
      'state',
    ])
  })

  it('gives an ID token alone where nothing else is asked for', async () => {
    const back = await open(['id_token']).come()
    expect(Object.keys(membersOf(back))).toEqual(['id_token', 'state'])
  })

  it('speaks the first language of ui_locales that it knows, behind lang', async () => {
    const { browser, ask } = open()
    expect((await ask({ ui_locales: 'tlh de fr' })).headers['content-language']).toBe('de')
    expect(browser.cookies.has('lang')).toBe(false)
    expect((await ask({ ui_locales: 'de', lang: 'fr' })).headers['content-language']).toBe('fr')
    expect((await ask({ ui_locales: 'tlh' })).headers['content-language']).toBe('fr')
  })
})

describe('id_token_hint with strict-oidc', () => {
  const hintOf = async (username: string) => {
    const party = open()
    return (await party.tokensOf(await party.signIn(await party.ask(), username))).idToken
  }

  it('means one user: another one who is signed in does not count', async () => {
    const party = open()
    await party.sign()
    const id_token_hint = await hintOf('bob')
    expect((await party.come({ prompt: 'none', id_token_hint })).search).toContain('error=login_required')
    const page = await party.ask({ id_token_hint })
    expect([page.heading, page.html.includes('value="bob"')]).toEqual(['Sign in', true])
    const back = await party.signIn(page, 'bob')
    const bob = await party.tokensOf(back)
    expect(bob.claims['cognito:username']).toBe('bob')
  })

  it('refuses whoever else signs in, and keeps no session of them', async () => {
    const party = open()
    const back = await party.signIn(await party.ask({ id_token_hint: await hintOf('bob') }), 'ana')
    expect(membersOf(back)).toMatchObject({ error: 'login_required', state: 'a state of mind' })
    expect((await party.ask({ prompt: 'none' })).location).toContain('error=login_required')
  })

  it('is good however old it is, but only of this client', async () => {
    const id_token_hint = await hintOf('ana')
    surroundings.server.harness.clock.advance(7_200_000)
    const party = open()
    await party.sign({ id_token_hint })
    const { server, client, other } = surroundings
    const elsewhere = openParty({ server, client: other, other: client }, ['code'])
    expect((await elsewhere.come({ id_token_hint })).search).toContain('error=invalid_request')
  })
})

describe('a sign-out that names no application, with strict-oidc', () => {
  const login = async (browser: PageBrowser, client: MadePool) => {
    const page = await browser.get(`/login?${authorizeQuery(client)}`)
    expect((await browser.submit(page, { username: 'ana', password })).location).toContain('code=')
  }
  const isSignedIn = async (browser: PageBrowser, client: MadePool) =>
    (await browser.get(`/oauth2/authorize?${authorizeQuery(client, { prompt: 'none' })}`)).location.includes('code=')

  it('asks, and then signs out of every pool at the server’s own address', async () => {
    const { server, client } = surroundings
    const second = await makePagePool(server.harness)
    await makeUser(server.harness, second.UserPoolId, 'ana')
    const browser = openBrowser(server.url)
    for (const each of [client, second]) await login(browser, each)
    const page = await browser.get('/logout')
    expect([await isSignedIn(browser, client), await isSignedIn(browser, second)]).toEqual([true, true])
    // A page of another site can’t answer for them.
    const forged = await browser.post('/logout', { agreed: 'yes' }, { origin: 'https://evil.example.com', 'sec-fetch-site': 'cross-site' })
    expect((await browser.follow(forged)).heading).toBe('Do you want to sign out?')
    expect((await browser.submit(page, { agreed: 'yes' })).heading).toBe('You’re signed out')
    expect([await isSignedIn(browser, client), await isSignedIn(browser, second)]).toEqual([false, false])
    expect((await browser.get('/logout')).heading).toBe('You’re signed out')
  })

  it('signs out of the one pool at its own domain, whatever other cookies are sent there', async () => {
    const { server, client } = surroundings
    const second = await makePagePool(server.harness)
    await makeUser(server.harness, second.UserPoolId, 'ana')
    const { UserPoolId } = second
    await server.harness.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'out', ManagedLoginVersion: 2 })
    const [own, outside] = [openBrowser(server.url), openBrowser(server.url, 'out.auth.us-east-1.id.example.com')]
    await login(own, client)
    await login(outside, second)
    for (const [name, value] of own.cookies) if (name.includes(client.UserPoolId)) outside.cookies.set(name, value)
    await outside.submit(await outside.get('/logout'), { agreed: 'yes' })
    expect([await isSignedIn(own, client), await isSignedIn(outside, second)]).toEqual([true, false])
  })
})

describe('strict-oidc at the other endpoints', () => {
  it('challenges as RFC 6750 has it', async () => {
    const { server } = surroundings
    const challengeOf = async (init: RequestInit) => {
      const { status, headers } = await server.send('/oauth2/userInfo', init)
      return [status, headers.get('www-authenticate')]
    }
    expect(await challengeOf({})).toEqual([401, 'Bearer'])
    expect(await challengeOf({ headers: { authorization: 'Basic abc' } })).toEqual([401, 'Bearer'])
    expect(await challengeOf({ headers: { authorization: 'Bearer a b' } })).toEqual([
      400,
      'Bearer error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
    ])
    expect((await challengeOf({ headers: { authorization: 'Bearer x.y.z' } }))[1]).toMatch(/^Bearer error="invalid_token", error_desc/)
    const { accessToken } = await open(['token']).tokensOf(await open(['token']).come({ scope: undefined }))
    const narrow = membersOf(await open(['token']).come({ scope: 'aws.cognito.signin.user.admin' }))['access_token']
    expect(await challengeOf({ headers: { authorization: `Bearer ${narrow}` } })).toEqual([
      403,
      'Bearer error="insufficient_scope", error_description="Access token does not contain openid scope", scope="openid"',
    ])
    const twice = { authorization: `Bearer ${accessToken}` }
    expect((await server.post('userInfo', { access_token: accessToken ?? '' }, twice)).status).toBe(400)
    expect((await server.send(`/oauth2/userInfo?access_token=${accessToken}`, {})).status).toBe(401)
  })

  it('lets pages of other origins post to userInfo', async () => {
    const { headers } = await surroundings.server.send('/oauth2/userInfo', { method: 'OPTIONS' })
    expect(headers.get('access-control-allow-methods')).toBe('OPTIONS,GET,POST')
    const { status, body } = await surroundings.server.send('/oauth2/userInfo', { method: 'POST', body: 'x'.repeat(70_000) })
    expect([status, body.error]).toEqual([413, 'invalid_request'])
  })

  it('answers 401 with a challenge to wrong credentials of the header', async () => {
    const { server, client } = surroundings
    const wrong = { ClientId: client.ClientId, ClientSecret: 'wrong' }
    const form = { grant_type: 'refresh_token', refresh_token: 'x' }
    const inHeader = await server.post('token', form, basic(wrong))
    expect([inHeader.status, inHeader.body, inHeader.headers.get('www-authenticate')]).toEqual([
      401,
      { error: 'invalid_client' },
      'Basic realm="oauth2/token"',
    ])
    const inForm = await server.post('token', { ...form, client_id: client.ClientId, client_secret: 'wrong' })
    expect([inForm.status, inForm.body]).toEqual([400, { error: 'invalid_client' }])
  })

  it('has the errors of RFC 6749 for a redirect URI and a scope that don’t fit', async () => {
    const party = open()
    const code = membersOf(await party.come())['code'] ?? ''
    expect((await party.redeem(code, { redirect_uri: `${callback}/2` })).body).toEqual({ error: 'invalid_grant' })
    const { server, client } = surroundings
    const machine = await makeClient(server.harness, client.UserPoolId, machineSettings)
    const form = { grant_type: 'client_credentials', scope: 'api/admin' }
    expect((await server.post('token', form, basic(machine))).body).toEqual({ error: 'invalid_scope' })
  })
})
