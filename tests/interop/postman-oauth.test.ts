import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CognitoJwtVerifier } from 'aws-jwt-verify'
import type { RequestAuthDefinition } from 'postman-collection'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { jwksCacheOf } from '../support/jwks-cache.ts'
import { sendByPostman } from '../support/postman.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { signInByPages } from '../support/sign-in-by-pages.ts'

// Postman's window for "Get New Access Token" belongs to its application, not to postman-runtime: what it builds is written down here, and
// a browser of the tests plays the person in it.

let server: Poolhouse
let shop: Shop
let api: Server

const scope = 'phone email openid profile aws.cognito.signin.user.admin'

/** An API behind authorizers like those of API Gateway: `/` takes ID tokens, `/admin` access tokens with a scope; `Bearer` may be left out. */
const startApi = async (): Promise<Server> => {
  const props = { userPoolId: shop.poolId, clientId: [shop.web, shop.site, shop.machine] }
  const jwksCache = jwksCacheOf(server.url)
  const ids = CognitoJwtVerifier.create({ ...props, tokenUse: 'id' }, { jwksCache })
  const accesses = CognitoJwtVerifier.create({ ...props, tokenUse: 'access' }, { jwksCache })
  const listening = createServer(async ({ url, headers }, reply) => {
    const token = (headers.authorization ?? '').replace(/^Bearer /, '')
    const claims = url === '/' ? ids.verify(token) : accesses.verify(token, { scope: [url === '/machine' ? 'api/read' : 'openid'] })
    await claims.then(
      (shown) => reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(shown)),
      () => reply.writeHead(401).end(),
    )
  })
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return listening
}

beforeAll(async () => {
  server = await startPoolhouse({ issuer: 'aws' })
  // Where "Authorize using browser" has people come back to.
  shop = await openShop(server, 'https://oauth.pstmn.io', '/v1/callback')
  api = await startApi()
})
afterAll(async () => {
  api?.close()
  await server?.stop()
})

/** What Postman opens in the browser: the Auth URL with the parameters of its settings. */
const authorizationUrl = (authUrl: string, parameters: Record<string, string>) =>
  `${server.url}${authUrl}?${new URLSearchParams({ ...parameters, scope, redirect_uri: shop.callback })}`

/** What Postman does with a token that it got: it puts it into a header. */
const callApi = async (path: string, accessToken: string, headerPrefix: string) => {
  const oauth2 = { accessToken, addTokenTo: 'header', headerPrefix }
  const { response, json } = await sendByPostman({
    url: `http://127.0.0.1:${(api.address() as AddressInfo).port}${path}`,
    method: 'GET',
    auth: { type: 'oauth2', oauth2: Object.entries(oauth2).map(([key, value]) => ({ key, value })) },
  })
  return response.code === 200 ? json : response.code
}

const tokenRequest = (form: Record<string, string>, auth: RequestAuthDefinition = { type: 'noauth' }) =>
  sendByPostman({
    url: `${server.url}/oauth2/token`,
    method: 'POST',
    auth,
    body: { mode: 'urlencoded', urlencoded: Object.entries(form).map(([key, value]) => ({ key, value })) },
  })

/** "Send as Basic Auth header". */
const basic = (username: string, password: string): RequestAuthDefinition => ({
  type: 'basic',
  basic: [
    { key: 'username', value: username },
    { key: 'password', value: password },
  ],
})

describe('Postman, grant type Implicit (J3): parameters as it builds them, the browser played by the tests, the API called by postman-runtime', () => {
  it.each(['/login', '/oauth2/authorize'])('gets tokens behind the # with Auth URL %s; the ID token opens the API', async (authUrl) => {
    const back = await signInByPages(authorizationUrl(authUrl, { response_type: 'token', client_id: shop.web, state: 'x y' }))
    expect(back.href.startsWith(`${shop.callback}#id_token=`)).toBe(true)
    const { id_token: id = '', access_token: access = '', ...rest } = Object.fromEntries(new URLSearchParams(back.hash.slice(1)))
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: '3600', state: 'x y' })
    for (const prefix of ['', 'Bearer']) {
      expect(await callApi('/', id, prefix)).toMatchObject({ 'cognito:username': 'ana', aud: shop.web, token_use: 'id' })
      expect(await callApi('/', access, prefix)).toBe(401)
      expect(await callApi('/scoped', access, prefix)).toMatchObject({ username: 'ana', scope })
      expect(await callApi('/scoped', id, prefix)).toBe(401)
    }
  })
})

const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' }

/** The ways of "Client Authentication", with what each puts into the body and the header. */
const authentications: readonly [string, () => { id: string; body: Record<string, string>; auth?: RequestAuthDefinition }][] = [
  ['public client, in the body (J4)', () => ({ id: shop.web, body: { client_id: shop.web } })],
  ['public client, in the body with an empty secret', () => ({ id: shop.web, body: { client_id: shop.web, client_secret: '' } })],
  ['public client, as Basic header', () => ({ id: shop.web, body: { client_id: shop.web }, auth: basic(shop.web, '') })],
  ['secret in the body (J5)', () => ({ id: shop.site, body: { client_id: shop.site, client_secret: shop.secret } })],
  ['secret as Basic header (J5)', () => ({ id: shop.site, body: { client_id: shop.site }, auth: basic(shop.site, shop.secret) })],
]

describe.each(authentications)('Postman, grant type Authorization Code, %s: token requests sent by postman-runtime', (_, clientOf) => {
  it.each([
    ['without PKCE', '/login', {}, {}],
    ['with PKCE', '/oauth2/authorize', pkce, { code_verifier: verifier }],
  ])('gets tokens %s, and new ones by the refresh token', async (_how, authUrl, challenge, proof) => {
    const { id, body, auth } = clientOf()
    const back = await signInByPages(authorizationUrl(authUrl, { response_type: 'code', client_id: id, state: 's', ...challenge }))
    const code = back.searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri: shop.callback, ...body, ...proof }
    const { response, json } = await tokenRequest(form, auth)
    expect([response.code, response.headers.get('content-type')]).toEqual([200, 'application/json;charset=UTF-8'])
    expect(Object.keys(json).sort()).toEqual(['access_token', 'expires_in', 'id_token', 'refresh_token', 'token_type'])
    expect(await callApi('/', json.id_token, 'Bearer')).toMatchObject({ aud: id, email: 'ana@example.org' })

    const refreshed = await tokenRequest({ grant_type: 'refresh_token', refresh_token: json.refresh_token, ...body }, auth)
    expect(Object.keys(refreshed.json).sort()).toEqual(['access_token', 'expires_in', 'id_token', 'token_type'])
    expect((await tokenRequest(form, auth)).json).toEqual({ error: 'invalid_grant' })
  })
})

describe('Postman, grant type Client Credentials, by postman-runtime (J5)', () => {
  it.each([
    ['in the body', () => tokenRequest({ grant_type: 'client_credentials', client_id: shop.machine, client_secret: shop.secret })],
    ['as Basic header', () => tokenRequest({ grant_type: 'client_credentials', scope: 'api/read' }, basic(shop.machine, shop.secret))],
  ])('gets an access token for an API, %s', async (_, request) => {
    const { json } = await request()
    expect(json).toEqual({ access_token: expect.any(String), expires_in: 3600, token_type: 'Bearer' })
    expect(await callApi('/machine', json.access_token, 'Bearer')).toMatchObject({ client_id: shop.machine, scope: 'api/read' })
    expect(await callApi('/scoped', json.access_token, 'Bearer')).toBe(401)
  })

  it('reads why it was refused', async () => {
    const wrong = await tokenRequest({ grant_type: 'client_credentials', client_id: shop.machine, client_secret: 'guessed' })
    expect([wrong.response.code, wrong.json]).toEqual([400, { error: 'invalid_client' }])
  })
})
