import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadePool, makeClient } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser } from './support/page-browser.ts'
import { authorizeQuery, callback, makePagePool, pageClient } from './support/page-pool.ts'

let server: OAuthServer
let pool: MadePool

beforeAll(async () => {
  server = await startOAuth()
  pool = await makePagePool(server.harness)
  await makeUser(server.harness, pool.UserPoolId, 'ana', { email: 'ana@example.com' })
})
afterAll(() => server.stop())

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

/** Where the authorization endpoint sends a browser. */
const sentTo = async (query: string) => (await openBrowser(server.url).get(`/oauth2/authorize?${query}`)).location

const signedIn = async (client = pool) => {
  const browser = openBrowser(server.url)
  const name = await browser.submit(await browser.get(`/login?${authorizeQuery(client)}`), { username: 'ana' })
  const done = await browser.submit(name, { username: 'ana', password })
  expect(done.location).toContain(`${callback}?code=`)
  return browser
}

describe('the authorization endpoint', () => {
  it('sends a browser to the sign-in page with the same parameters', async () => {
    const query = authorizeQuery(pool, { nonce: 'n', login_hint: 'ana', lang: 'de' })
    expect(await sentTo(query)).toBe(`/login?${query}`)
  })

  it('lets offline_access have no effect', async () => {
    const query = authorizeQuery(pool, { scope: 'openid offline_access' })
    expect(await sentTo(query)).toBe(`/login?${query}`)
  })

  it('answers only GET', async () => {
    expect((await openBrowser(server.url).post(`/oauth2/authorize?${authorizeQuery(pool)}`, {})).status).toBe(405)
  })

  it.each([
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    ['an unknown response_type', { response_type: 'id_token' }, 'invalid_request'],
    ['a code_challenge without a method', { code_challenge: challenge }, 'invalid_request'],
    ['the method plain', { code_challenge: challenge, code_challenge_method: 'plain' }, 'invalid_request'],
    ['a method without a code_challenge', { code_challenge_method: 'S256' }, 'invalid_request'],
    ['a code_challenge of the wrong length', { code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
    ['a scope that the client lacks', { scope: 'openid api/read' }, 'invalid_scope'],
    ['a scope that nobody has', { scope: 'nonsense' }, 'invalid_scope'],
    ['email without openid', { scope: 'email' }, 'invalid_scope'],
    ['offline_access alone', { scope: 'offline_access' }, 'invalid_scope'],
    ['a scope that never ends', { scope: Array.from({ length: 60 }, (_, index) => `s${index}`).join(' ') }, 'invalid_scope'],
    ['a resource that is none', { resource: 'http://elsewhere.example.com' }, 'invalid_request'],
    ['a resource with a fragment', { resource: 'https://api.example.com/#x' }, 'invalid_request'],
    ['a max_age that is no number', { max_age: 'soon' }, 'invalid_request'],
    ['prompt none with another', { prompt: 'none login' }, 'invalid_request'],
    ['an identity provider that is not there', { identity_provider: 'Google' }, 'invalid_request'],
    ['an identifier of one', { idp_identifier: 'corp' }, 'invalid_request'],
  ])('tells the application about %s', async (_, more, error) => {
    const location = new URL(await sentTo(authorizeQuery(pool, more)))
    expect(location.origin + location.pathname).toBe(callback)
    expect(location.searchParams.get('error')).toBe(error)
    expect(location.searchParams.get('state')).toBe('a state')
  })

  it.each([
    ['an address that is not registered', { redirect_uri: 'https://evil.example.com/' }, 'redirect_mismatch'],
    ['no client', { client_id: undefined }, 'missing_client_id'],
    ['a client that is not there', { client_id: 'nobody0000000000000000000' }, 'client_mismatch'],
    ['a client id of another form', { client_id: '<script>' }, 'client_mismatch'],
  ])('never leads to an application with %s', async (_, more, error) => {
    const browser = openBrowser(server.url)
    const first = await browser.get(`/oauth2/authorize?${authorizeQuery(pool, more)}`)
    expect(first.status).toBe(302)
    expect(new URL(first.location, server.url).searchParams.get('error')).toBe(error)
    const page = await browser.follow(first)
    expect([page.status, page.path.startsWith('/error?')]).toEqual([400, true])
    expect(page.html).toContain(error)
  })

  it('tells the application of a doubled parameter and of one in a wrong encoding, unless it is in doubt itself', async () => {
    const refused = `${callback}?error=invalid_request`
    for (const bad of ['&scope=openid', '&x=%ff', '&x=%zz', '&x=1&x=2']) {
      expect(await sentTo(authorizeQuery(pool) + bad)).toBe(`${refused}&state=a+state`)
      expect((await openBrowser(server.url).get(`/login?${authorizeQuery(pool)}${bad}`)).location).toBe('/error?error=invalid_request')
    }
    expect(await sentTo(`${authorizeQuery(pool)}&state=other`)).toBe(refused)
    const inDoubt = [`&redirect_uri=${callback}`, '&redirect_uri=', `&client_id=${pool.ClientId}`, '&redirect%5Furi=x']
    for (const bad of inDoubt) expect(await sentTo(authorizeQuery(pool) + bad)).toBe('/error?error=invalid_request')
    const elsewhere = authorizeQuery(pool, { redirect_uri: 'https://evil.example' })
    expect(await sentTo(`${elsewhere}&x=%ff`)).toContain('/error?error=redirect_mismatch')
  })

  it('takes the only callback of a client, or its default one, where the request names none', async () => {
    expect(await sentTo(authorizeQuery(pool, { redirect_uri: undefined, scope: 'x' }))).toContain(`${callback}?error=invalid_scope`)
    const two = await makeClient(server.harness, pool.UserPoolId, { ...pageClient, CallbackURLs: [callback, `${callback}/2`] })
    expect(await sentTo(authorizeQuery(two, { redirect_uri: undefined }))).toContain('/error?error=missing_redirect_uri')
    const standard = { ...pageClient, CallbackURLs: [callback, `${callback}/2`], DefaultRedirectURI: `${callback}/2` }
    const three = await makeClient(server.harness, pool.UserPoolId, standard)
    expect(await sentTo(authorizeQuery(three, { redirect_uri: undefined, scope: 'x' }))).toContain(`${callback}/2?error=invalid_scope`)
  })

  it('refuses a grant that the client does not have', async () => {
    const codes = await makeClient(server.harness, pool.UserPoolId, { ...pageClient, AllowedOAuthFlows: ['code'] })
    expect(await sentTo(authorizeQuery(codes, { response_type: 'token' }))).toContain(`${callback}?error=unauthorized_client`)
    const off = await makeClient(server.harness, pool.UserPoolId, { ...pageClient, AllowedOAuthFlowsUserPoolClient: false })
    expect(await sentTo(authorizeQuery(off))).toContain(`${callback}?error=unauthorized_client`)
  })

  it('shows no pages for a client without the pool’s own users', async () => {
    const closed = await makeClient(server.harness, pool.UserPoolId, { ...pageClient, SupportedIdentityProviders: [] })
    const page = await openBrowser(server.url).follow(await openBrowser(server.url).get(`/login?${authorizeQuery(closed)}`))
    expect([page.status, page.html.includes('login_pages_unavailable')]).toEqual([400, true])
    const browser = await signedIn()
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(closed)}`)).location).toContain('/error?error=login_pages_unavailable')
  })

  it('takes all scopes of the client where the request names none, and leaves out those that are gone', async () => {
    const Identifier = 'books'
    const Scopes = ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }))
    await server.harness.ok('CreateResourceServer', { UserPoolId: pool.UserPoolId, Identifier, Name: 'Books', Scopes })
    const AllowedOAuthScopes = ['openid', 'books/read', 'books/write']
    const books = await makeClient(server.harness, pool.UserPoolId, { ...pageClient, AllowedOAuthScopes })
    await server.harness.ok('UpdateResourceServer', { UserPoolId: pool.UserPoolId, Identifier, Name: 'Books', Scopes: Scopes.slice(0, 1) })
    const browser = await signedIn(pool)
    const { location } = await browser.get(`/oauth2/authorize?${authorizeQuery(books, { scope: undefined, response_type: 'token' })}`)
    const token = new URLSearchParams(new URL(location).hash.slice(1)).get('access_token') ?? ''
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).scope).toBe('openid books/read')
  })
})

describe('somebody who is signed in', () => {
  it('goes straight back, also to another client of the pool', async () => {
    const browser = await signedIn()
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(pool)}`)).location).toMatch(
      /^https:\/\/app\.example\.com\/callback\?code=[0-9a-f-]{36}&state=a\+state$/,
    )
    const other = await makeClient(server.harness, pool.UserPoolId, pageClient)
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(other)}`)).location).toContain(`${callback}?code=`)
  })

  it('gets tokens at once behind the # by the implicit grant, in AWS’s order', async () => {
    const browser = await signedIn()
    const query = authorizeQuery(pool, { response_type: 'token', nonce: 'n-1' })
    const { location } = await browser.get(`/oauth2/authorize?${query}`)
    expect(location).toMatch(
      /^https:\/\/app\.example\.com\/callback#id_token=[\w.-]+&access_token=[\w.-]+&token_type=Bearer&expires_in=3600&state=a\+state$/,
    )
    const without = authorizeQuery(pool, { response_type: 'token', scope: 'aws.cognito.signin.user.admin' })
    expect((await browser.get(`/oauth2/authorize?${without}`)).location).toContain('#access_token=')
  })

  it('is asked again by prompt=login and by max_age, and nobody is asked by prompt=none', async () => {
    const browser = await signedIn()
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(pool, { prompt: 'login' })}`)).location).toMatch(/^\/login\?/)
    server.harness.clock.advance(5000)
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(pool, { max_age: '4' })}`)).location).toMatch(/^\/login\?/)
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(pool, { max_age: '60', prompt: 'none' })}`)).location).toContain('code=')
    expect(await sentTo(authorizeQuery(pool, { prompt: 'none' }))).toBe(`${callback}?error=login_required&state=a+state`)
    const silent = authorizeQuery(pool, { prompt: 'none' })
    expect((await browser.get(`/login?${silent}`)).location).toBe(`/oauth2/authorize?${silent}`)
    // What has no effect on the pool's own users.
    for (const prompt of ['consent', 'select_account']) {
      expect((await browser.get(`/oauth2/authorize?${authorizeQuery(pool, { prompt })}`)).location).toContain('code=')
    }
  })

  it('stays so for an hour, which use does not prolong', async () => {
    const browser = await signedIn()
    for (const minutes of [30, 29]) {
      server.harness.clock.advance(minutes * 60_000)
      expect((await browser.get(`/oauth2/authorize?${authorizeQuery(pool)}`)).location).toContain('code=')
    }
    server.harness.clock.advance(60_000)
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(pool)}`)).location).toMatch(/^\/login\?/)
  })

  it('is asked by the sign-in page whether to go on', async () => {
    const browser = await signedIn()
    const page = await browser.get(`/login?${authorizeQuery(pool)}`)
    expect(page.heading).toBe('Choose an account')
    expect((await browser.submit(page, { continue: 'yes' })).location).toContain(`${callback}?code=`)
    expect((await browser.get(`/login?${authorizeQuery(pool)}&other=1`)).heading).toBe('Sign in')
  })

  it('ignores prompt on classic pages', async () => {
    const classic = await makePagePool(server.harness, { UserPoolTier: 'LITE' })
    await makeUser(server.harness, classic.UserPoolId, 'ana')
    expect(await sentTo(authorizeQuery(classic, { prompt: 'none' }))).toMatch(/^\/login\?/)
  })
})

describe('what the operator may ask for', () => {
  it('strict-oidc: error names, fragments, offline_access and prompt on classic pages', async () => {
    const strict = await startOAuth({ strictOidc: true })
    const made = await makePagePool(strict.harness, { UserPoolTier: 'LITE' })
    const to = async (more: Record<string, string | undefined>) =>
      (await openBrowser(strict.url).get(`/oauth2/authorize?${authorizeQuery(made, more)}`)).location
    expect(await to({ response_type: 'code token' })).toContain('error=unsupported_response_type')
    expect(await to({ response_type: 'token', scope: 'nonsense' })).toContain('#error=invalid_scope')
    expect(await to({ prompt: 'none' })).toContain('?error=login_required')
    expect(await to({ scope: 'openid offline_access' })).toMatch(/^\/login\?/)
    await strict.stop()
  })

  it('authorization-response-iss names the issuer beside code and error, require-pkce refuses who sends no challenge', async () => {
    const extra = await startOAuth({ responseIss: true, requirePkce: 'public' })
    const made = await makePagePool(extra.harness)
    const { location } = await openBrowser(extra.url).get(`/oauth2/authorize?${authorizeQuery(made)}`)
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      error: 'invalid_request',
      error_description: 'code_challenge is required for this client',
      iss: `http://localhost:9339/${made.UserPoolId}`,
      state: 'a state',
    })
    await extra.stop()
  })
})
