import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  implicitAuthentication,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  tokenRevocation,
  useIdTokenResponseType,
} from 'openid-client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { openBrowser } from '../support/page-browser.ts'
import { seedBy } from '../support/seed-by.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { signInByPages } from '../support/sign-in-by-pages.ts'
import { startOnFolder } from '../support/start-on-folder.ts'

let server: Poolhouse
let shop: Shop

beforeAll(async () => {
  server = await startPoolhouse()
  shop = await openShop(server)
})
afterAll(() => server.stop())

const configured = (clientId: string, auth: ClientAuth, { issuer } = shop): Promise<Configuration> =>
  discovery(new URL(issuer), clientId, undefined, auth, { execute: [allowInsecureRequests, enableNonRepudiationChecks] })

/** What an application sends, and what it must get back. */
const request = async (config: Configuration, more: Record<string, string> = {}) => {
  const [pkceCodeVerifier, expectedState, expectedNonce] = [randomPKCECodeVerifier(), randomState(), randomNonce()]
  const url = buildAuthorizationUrl(config, {
    redirect_uri: shop.callback,
    scope: 'openid email profile',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...more,
  })
  return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce } }
}

const signIn = async (config: Configuration) => {
  const { url, checks } = await request(config)
  return authorizationCodeGrant(config, await signInByPages(url), checks)
}

const clients: readonly [string, () => Promise<Configuration>][] = [
  ['a public client', () => configured(shop.web, None())],
  ['a confidential client (Basic)', () => configured(shop.site, ClientSecretBasic(shop.secret))],
  ['a confidential client (body)', () => configured(shop.site, ClientSecretPost(shop.secret))],
]

describe.each(clients)('openid-client 6 as %s', (_, open) => {
  it('signs in with a code, PKCE, state and nonce, and reads who it is', async () => {
    const config = await open()
    const tokens = await signIn(config)
    // Counted down from when the answer came.
    expect(tokens.expiresIn()).toSatisfy((seconds: number) => seconds > 3590 && seconds <= 3600)
    const claims = tokens.claims()
    expect(claims).toMatchObject({ iss: shop.issuer, aud: config.clientMetadata().client_id, 'cognito:username': 'ana', name: 'Ana' })
    expect(await fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')).toMatchObject({
      username: 'ana',
      email: 'ana@example.org',
      email_verified: 'true',
    })
  })

  it('refreshes, until it revokes the refresh token', async () => {
    const config = await open()
    const { refresh_token = '', access_token, claims } = await signIn(config)
    const refreshed = await refreshTokenGrant(config, refresh_token)
    expect(refreshed.access_token).not.toBe(access_token)
    expect(refreshed.claims()?.sub).toBe(claims()?.sub)
    await tokenRevocation(config, refresh_token, { token_type_hint: 'refresh_token' })
    await expect(refreshTokenGrant(config, refresh_token)).rejects.toMatchObject({ status: 400, error: 'invalid_grant' })
    // AWS's WWW-Authenticate names no scheme, so that the library has no better word for it.
    const refusal = { code: 'OAUTH_RESPONSE_IS_NOT_CONFORM', cause: { status: 401 } }
    await expect(fetchUserInfo(config, access_token, claims()?.sub ?? '')).rejects.toMatchObject(refusal)
  })
})

describe('openid-client 6', () => {
  const web = () => configured(shop.web, None())

  it('finds that a code belongs to its verifier, to its client and to one use', async () => {
    const [config, other] = [await web(), await configured(shop.site, ClientSecretBasic(shop.secret))]
    const { url, checks } = await request(config)
    const back = await signInByPages(url)
    const pkceCodeVerifier = randomPKCECodeVerifier()
    await expect(authorizationCodeGrant(config, back, { ...checks, pkceCodeVerifier })).rejects.toMatchObject({ error: 'invalid_grant' })
    await expect(authorizationCodeGrant(other, back, checks)).rejects.toMatchObject({ error: 'invalid_grant' })

    const second = await request(config)
    const used = await signInByPages(second.url)
    await authorizationCodeGrant(config, used, second.checks)
    await expect(authorizationCodeGrant(config, used, second.checks)).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('is told of an error at the callback', async () => {
    const config = await web()
    const { url, checks } = await request(config, { prompt: 'none' })
    await expect(signInByPages(url).then((back) => authorizationCodeGrant(config, back, checks))).rejects.toMatchObject({
      code: 'OAUTH_AUTHORIZATION_RESPONSE_ERROR',
      error: 'login_required',
    })
  })

  it('gets tokens for a machine', async () => {
    const config = await configured(shop.machine, ClientSecretBasic(shop.secret))
    expect(await clientCredentialsGrant(config, { scope: 'api/read' })).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
    await expect(clientCredentialsGrant(config, { scope: 'api/write' })).rejects.toMatchObject({ error: 'invalid_scope' })
    const wrong = await configured(shop.machine, ClientSecretPost('a-secret-that-somebody-guessed'))
    await expect(clientCredentialsGrant(wrong)).rejects.toMatchObject({ status: 400, error: 'invalid_client' })
  })

  it('checks the ID token of the implicit grant, which its own response type id_token does not get, as on AWS', async () => {
    const config = await web()
    useIdTokenResponseType(config)
    const nonce = randomNonce()
    const implicit = { redirect_uri: shop.callback, scope: 'openid', state: 'x', nonce }
    const refused = await signInByPages(buildAuthorizationUrl(config, implicit))
    expect(refused.search).toBe('?error=invalid_request&state=x')
    const back = await signInByPages(buildAuthorizationUrl(config, { ...implicit, response_type: 'token' }))
    const claims = await implicitAuthentication(config, back, nonce, { expectedState: 'x' })
    expect(claims).toMatchObject({ nonce, 'cognito:username': 'ana' })
    const { sub, username } = await fetchUserInfo(config, new URLSearchParams(back.hash.slice(1)).get('access_token') ?? '', claims.sub)
    expect([sub, username]).toEqual([claims.sub, 'ana'])
    await expect(implicitAuthentication(config, back, 'another', { expectedState: 'x' })).rejects.toThrow()
  })

  it('signs out by the published endpoint with AWS’s parameters', async () => {
    const config = await web()
    const browser = openBrowser(server.url)
    const { url } = await request(config)
    await signInByPages(url, { browser })
    expect((await browser.get(url.pathname + url.search)).location).toContain(`${shop.callback}?code=`)
    const { pathname, search } = buildEndSessionUrl(config, { client_id: shop.web, logout_uri: shop.bye })
    expect((await browser.get(pathname + search)).location).toBe(shop.bye)
    expect((await browser.get(url.pathname + url.search)).location).toMatch(/^\/login\?/)
  })

  it('gets its own response type id_token with strict-oidc', async () => {
    const strict = await startOnFolder('--strict-oidc')
    onTestFinished(strict.stop)
    const config = await configured(shop.web, None(), await openShop({ url: strict.url, seed: seedBy(strict.url) }))
    useIdTokenResponseType(config)
    const [nonce, state] = [randomNonce(), randomState()]
    const back = await signInByPages(buildAuthorizationUrl(config, { redirect_uri: shop.callback, scope: 'openid', state, nonce }))
    expect([...new URLSearchParams(back.hash.slice(1)).keys()]).toEqual(['id_token', 'state'])
    expect(await implicitAuthentication(config, back, nonce, { expectedState: state })).toMatchObject({ 'cognito:username': 'ana' })
  })
})
