import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadePool, makeClient } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser, type PageBrowser } from './support/page-browser.ts'
import { authorizeQuery, callback, makePagePool, pageClient } from './support/page-pool.ts'

const bye = 'https://app.example.com/bye'

/** A browser in which ana is signed in, and her ID token. */
const signedIn = async (server: OAuthServer, pool: MadePool, username = 'ana') => {
  const browser = openBrowser(server.url)
  const page = await browser.get(`/login?${authorizeQuery(pool, { response_type: 'token' })}`)
  const name = await browser.submit(page, { username })
  const { location } = await browser.submit(name, { username, password })
  return { browser, idToken: new URLSearchParams(new URL(location).hash.slice(1)).get('id_token') ?? '' }
}

const isSignedIn = async (browser: PageBrowser, pool: MadePool) =>
  (await browser.get(`/oauth2/authorize?${authorizeQuery(pool)}`)).location.startsWith(callback)

describe('the sign-out endpoint', () => {
  let server: OAuthServer
  let pool: MadePool

  beforeAll(async () => {
    server = await startOAuth()
    pool = await makePagePool(server.harness)
    await makeUser(server.harness, pool.UserPoolId, 'ana', { email: 'ana@example.com' })
  })
  afterAll(() => server.stop())

  const out = (more: Readonly<Record<string, string>>) => `/logout?${new URLSearchParams({ client_id: pool.ClientId, ...more })}`

  it('signs out and goes to a registered sign-out URL, which wins over redirect_uri', async () => {
    const { browser } = await signedIn(server, pool)
    expect(await isSignedIn(browser, pool)).toBe(true)
    expect((await browser.get(out({ logout_uri: bye, redirect_uri: callback }))).location).toBe(bye)
    expect(await isSignedIn(browser, pool)).toBe(false)
  })

  it('takes the sign-in page of another client that is registered among the callbacks', async () => {
    expect((await openBrowser(server.url).get(out({ logout_uri: callback }))).location).toBe(callback)
  })

  it('leads to the sign-in page with redirect_uri and response_type, with all scopes where none is named', async () => {
    const { location } = await openBrowser(server.url).get(out({ redirect_uri: callback, response_type: 'code', state: 's', nonce: 'n' }))
    expect(location.startsWith('/login?')).toBe(true)
    expect(Object.fromEntries(new URLSearchParams(location.slice('/login?'.length)))).toEqual({
      client_id: pool.ClientId,
      redirect_uri: callback,
      response_type: 'code',
      state: 's',
      nonce: 'n',
      scope: 'openid email phone profile aws.cognito.signin.user.admin',
    })
  })

  it('leaves tokens alive', async () => {
    const { browser } = await signedIn(server, pool)
    const { location } = await browser.get(`/oauth2/authorize?${authorizeQuery(pool, { response_type: 'token' })}`)
    const token = new URLSearchParams(new URL(location).hash.slice(1)).get('access_token') ?? ''
    await browser.get(out({ logout_uri: bye }))
    expect((await server.userInfo(token)).status).toBe(200)
  })

  it.each([
    ['no address', {}, 'missing_sign_out_uri'],
    ['an address that is not registered', { logout_uri: 'https://evil.example.com' }, 'sign_out_mismatch'],
    ['no response_type', { redirect_uri: callback }, 'invalid_request'],
    ['a post_logout_redirect_uri, which AWS does not know', { post_logout_redirect_uri: bye }, 'missing_sign_out_uri'],
  ])('refuses %s, and signs nobody out', async (_, more, error) => {
    const { browser } = await signedIn(server, pool)
    expect((await browser.get(out(more))).location).toContain(`/error?error=${error}`)
    expect(await isSignedIn(browser, pool)).toBe(true)
  })
})

describe('with rp-initiated-logout', () => {
  let server: OAuthServer
  let pool: MadePool
  let other: MadePool

  beforeAll(async () => {
    server = await startOAuth({ rpInitiatedLogout: true })
    pool = await makePagePool(server.harness)
    other = await makeClient(server.harness, pool.UserPoolId, pageClient)
    for (const name of ['ana', 'bob']) await makeUser(server.harness, pool.UserPoolId, name)
  })
  afterAll(() => server.stop())

  const out = (more: Readonly<Record<string, string>>) => `/logout?${new URLSearchParams(more)}`

  it('signs out at once with a hint of who is signed in, however old, and carries the state back', async () => {
    const { browser, idToken } = await signedIn(server, pool)
    server.harness.clock.advance(90 * 60_000)
    const again = await signedIn(server, pool)
    const answer = await again.browser.get(out({ id_token_hint: idToken, post_logout_redirect_uri: bye, state: 's 1' }))
    expect(answer.location).toBe(`${bye}?state=s+1`)
    expect([await isSignedIn(again.browser, pool), await isSignedIn(browser, pool)]).toEqual([false, false])
  })

  it('asks first without a hint, or with somebody else’s', async () => {
    const stranger = await signedIn(server, pool, 'bob')
    for (const more of [{ client_id: pool.ClientId }, { id_token_hint: stranger.idToken }]) {
      const { browser } = await signedIn(server, pool)
      const page = await browser.get(out({ ...more, post_logout_redirect_uri: bye }))
      expect([page.status, page.heading]).toEqual([200, 'Do you want to sign out?'])
      expect(await isSignedIn(browser, pool)).toBe(true)
      expect((await browser.submit(page, { agreed: 'yes' })).location).toBe(bye)
      expect(await isSignedIn(browser, pool)).toBe(false)
    }
  })

  it('stays on a page of ours without an address', async () => {
    const { browser, idToken } = await signedIn(server, pool)
    expect((await browser.get(out({ id_token_hint: idToken }))).heading).toBe('You’re signed out')
    expect(await isSignedIn(browser, pool)).toBe(false)
  })

  it('takes a form of the relying party, by way of a redirect', async () => {
    const { browser, idToken } = await signedIn(server, pool)
    const form = { id_token_hint: idToken, post_logout_redirect_uri: bye }
    const answer = await browser.post('/logout', form, { 'sec-fetch-site': 'cross-site', origin: 'https://app.example.com' })
    expect(answer.location).toBe(out(form))
    expect((await browser.get(answer.location)).location).toBe(bye)
  })

  it.each([
    ['an address that is not registered', () => ({ post_logout_redirect_uri: 'https://evil.example.com' }), 'sign_out_mismatch'],
    ['a hint that is none', () => ({ id_token_hint: 'x.y.z' }), 'invalid_request'],
    ['a hint of another client', () => ({ client_id: other.ClientId }), 'client_mismatch'],
  ])('refuses %s', async (_, more, error) => {
    const { browser, idToken } = await signedIn(server, pool)
    expect((await browser.get(out({ id_token_hint: idToken, ...more() }))).location).toContain(`/error?error=${error}`)
    expect(await isSignedIn(browser, pool)).toBe(true)
  })

  it('still does as AWS with AWS’s parameters', async () => {
    const { browser } = await signedIn(server, pool)
    expect((await browser.get(out({ client_id: pool.ClientId, logout_uri: bye }))).location).toBe(bye)
  })
})
