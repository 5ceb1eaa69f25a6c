import { execFile } from 'node:child_process'
import { parseEnv, promisify } from 'node:util'
import { Auth, type AuthConfig, setEnvDefaults } from '@auth/core'
import Cognito from '@auth/core/providers/cognito'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { allowInsecureRequests, authorizationCodeGrant, ClientSecretBasic, discovery, fetchUserInfo } from 'openid-client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { findEndpoint } from '../../src/oauth/answer-endpoint.ts'
import { findPage } from '../../src/pages/answer-page.ts'
import { settings } from '../../src/server/settings.ts'
import { type DocsPage, openDocsPage } from '../support/docs-page.ts'
import { browserNote, hasBrowser, openPage } from '../support/open-page.ts'
import { openBrowser } from '../support/page-browser.ts'
import { sendByPostman } from '../support/postman.ts'
import { signInByPages } from '../support/sign-in-by-pages.ts'
import { signInInBrowser } from '../support/sign-in-in-browser.ts'
import { trustFlag } from '../support/trust-flag.ts'

const name = 'oauth.md'
const origin = 'http://localhost:3000'
let server: Poolhouse
let page: DocsPage

const openAt = (url: string, application = origin) => openDocsPage(name, { 'localhost:9339': new URL(url).host, [origin]: application })

beforeAll(async () => {
  server = await startPoolhouse()
  page = await openAt(server.url)
  await server.seed(JSON.parse(page.code('shop.json')))
})
afterAll(async () => {
  await page?.close()
  await server?.stop()
})

/** The first text in code style of a cell. */
const codeIn = (cell = ''): string => /`([^`]*)`/.exec(cell)?.[1] ?? ''
const json = async (url: string) => (await fetch(url)).json()

/** The request of an application without a library, and the tokens for its code. */
const tokensFor = async (clientId: string, redirect_uri: string, { secret = '', more = {} } = {}) => {
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri, ...more })
  const code = (await signInByPages(`${server.url}/oauth2/authorize?${query}`)).searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, redirect_uri, client_id: clientId, client_secret: secret }
  const reply = await fetch(`${server.url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })
  return (await reply.json()) as { id_token: string; access_token: string }
}

describe('docs/oauth.md', () => {
  it('has no block that is not run here, no heading that is linked in vain, and no setting or endpoint that is not there', () => {
    const run = ['shop.json', 'openid-client.mjs', 'oidc-client-ts.mjs', 'amplify.mjs', 'auth-js.env', 'application.yml', 'template.yml']
    expect(page.labels).toEqual([...run, 'authorizer.mjs', 'curl.sh'])
    const slugs = [...page.text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )
    for (const [, slug] of page.text.matchAll(/\]\(#([^)]*)\)/g)) expect(slugs).toContain(slug)
    const names = ['seed', ...Object.values(settings).map((setting) => setting.name)]
    for (const [, flag] of page.text.matchAll(/`(?:poolhouse dev )?--([a-z-]+)/g)) expect(names).toContain(flag)
    const paths = [...page.text.matchAll(/^\| (?:`[^|]*)?`(?:GET |POST )?(\/[\w/]+)`.*\|$/gm)].flatMap(([row]) =>
      [...(row.split('|')[1] ?? '').matchAll(/(\/[\w/]+)`/g)].map(([, path = '']) => path),
    )
    expect(paths.length).toBeGreaterThan(12)
    const everything = { introspection: true } as Parameters<typeof findEndpoint>[1]
    for (const path of paths) expect([path, findPage(path) ?? findEndpoint(path, everything)]).toEqual([path, expect.anything()])
  })

  it('curl', async () => {
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', page.code('curl.sh')])
    const [token, published] = JSON.parse(`[${stdout.replace('}{', '},{')}]`)
    expect(token).toEqual({ access_token: expect.any(String), expires_in: 3600, token_type: 'Bearer' })
    expect(published.issuer).toBe(`${server.url}/us-east-1_Shop`)
  })

  it('openid-client', async () => {
    const { beginSignIn, finishSignIn, refresh, signOut } = await page.run('openid-client.mjs')
    const browser = openBrowser(server.url)
    const { url, kept } = await beginSignIn()
    const { tokens, user } = await finishSignIn(await signInByPages(url, { browser }), kept)
    expect(user).toMatchObject({ username: 'ana', email: 'ana@example.org' })
    expect((await refresh(tokens.refresh_token)).access_token).toMatch(/^eyJ/)
    const { pathname, search } = await signOut(tokens.refresh_token)
    expect((await browser.get(pathname + search)).location).toBe(`${origin}/`)
    await expect(refresh(tokens.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('Postman: its settings, the person played by the tests, the token request sent by postman-runtime', async () => {
    const value = (setting: string) => codeIn(page.row(setting)[0])
    const [redirect_uri, client_id] = [value('Callback URL'), value('Client ID')]
    const query = new URLSearchParams({ response_type: 'code', client_id, redirect_uri, scope: value('Scope') })
    const code = (await signInByPages(`${value('Auth URL')}?${query}`)).searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri, client_id }
    const urlencoded = Object.entries(form).map(([key, text]) => ({ key, value: text }))
    const { json: tokens } = await sendByPostman({
      url: value('Access Token URL'),
      method: 'POST',
      body: { mode: 'urlencoded', urlencoded },
    })
    expect(tokens).toMatchObject({ id_token: expect.any(String), refresh_token: expect.any(String) })
  })

  it('Auth.js', async () => {
    const config: AuthConfig = { providers: [Cognito], basePath: '/api/auth', trustHost: true, secret: 'a secret of the application' }
    setEnvDefaults(parseEnv(page.code('auth-js.env')), config)
    const cookies = new Map<string, string>()
    const send = async (url: string, form?: Record<string, string>) => {
      const headers = { cookie: [...cookies].map(([cookie, value]) => `${cookie}=${value}`).join('; ') }
      const reply = await Auth(new Request(url, { headers, ...(form && { method: 'POST', body: new URLSearchParams(form) }) }), config)
      for (const header of reply.headers.getSetCookie()) {
        const [, cookie = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
        cookies.set(cookie, value)
      }
      return reply
    }
    const { csrfToken } = (await (await send(`${origin}/api/auth/csrf`)).json()) as { csrfToken: string }
    const begun = await send(`${origin}/api/auth/signin/cognito`, { csrfToken })
    await send((await signInByPages(begun.headers.get('location') ?? '')).href)
    expect(await (await send(`${origin}/api/auth/session`)).json()).toMatchObject({ user: { name: 'Ana', email: 'ana@example.org' } })
  })

  it('Spring: what it reads from its settings, done with openid-client and jose', async () => {
    const { client, resourceserver } = parse(page.code('application.yml')).spring.security.oauth2
    const { 'client-id': id, 'client-secret': secret, scope, 'redirect-uri': redirect_uri } = client.registration.poolhouse
    const { 'issuer-uri': issuer, 'user-name-attribute': nameAttribute } = client.provider.poolhouse
    const config = await discovery(new URL(issuer), id, undefined, ClientSecretBasic(secret), { execute: [allowInsecureRequests] })
    const { authorization_endpoint, subject_types_supported, response_types_supported } = config.serverMetadata()
    expect([subject_types_supported, response_types_supported]).toEqual([['public'], ['code', 'token']])
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: id,
      scope: scope.join(' '),
      state: 's=',
      redirect_uri,
      nonce: 'n',
    })
    const back = await signInByPages(`${authorization_endpoint}?${query}`)
    const tokens = await authorizationCodeGrant(config, back, { expectedState: 's=', expectedNonce: 'n' })
    const user = await fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '')
    expect({ ...tokens.claims(), ...user }[nameAttribute]).toBe('ana')

    const { 'issuer-uri': issuerOfApi } = resourceserver.jwt
    const { jwks_uri } = (await json(`${issuerOfApi}/.well-known/openid-configuration`)) as { jwks_uri: string }
    const verified = await jwtVerify(tokens.access_token, createRemoteJWKSet(new URL(jwks_uri)), {
      issuer: issuerOfApi,
      algorithms: ['RS256'],
    })
    expect(verified.payload['scope']).toBe('openid email profile')
  })

  it('API gateways: the issuer, the keys and who a token is for, as its template and its table have them', async () => {
    const { IdentitySource, JwtConfiguration } = parse(page.code('template.yml')).Resources.Api.Properties.Auth.Authorizers.Poolhouse
    expect(IdentitySource).toBe('$request.header.Authorization')
    const { issuer, audience } = JwtConfiguration
    expect(issuer).toBe(codeIn(page.row('issuer')[0]))
    const keys = createRemoteJWKSet(new URL(codeIn(page.row('keys (JWKS)')[0])))
    const claims = async (token: string) => (await jwtVerify(token, keys, { issuer })).payload
    const plain = await tokensFor('shopweb', `${origin}/callback`)
    expect(audience).toContain((await claims(plain.id_token)).aud)
    const access = await claims(plain.access_token)
    expect([access.aud, audience.includes(access['client_id'])]).toEqual([undefined, true])
    const resource = 'https://api.example.com'
    const bound = await tokensFor('shopweb', `${origin}/callback`, { more: { resource } })
    expect((await claims(bound.access_token)).aud).toBe(resource)
  })

  it('an authorizer of one’s own, with jose', async () => {
    const { authorize } = await page.run('authorizer.mjs')
    const tokens = await tokensFor('shopweb', `${origin}/callback`)
    expect(await authorize(`Bearer ${tokens.access_token}`, 'openid')).toMatchObject({ username: 'ana' })
    await expect(authorize(tokens.access_token, 'orders/read')).rejects.toThrow('Unauthorized')
    await expect(authorize(tokens.id_token, 'openid')).rejects.toThrow('Unauthorized')
    await expect(authorize(`${tokens.access_token.slice(0, -8)}AAAAAAAA`, 'openid')).rejects.toThrow()
  })
})

interface Snippet {
  signIn(): void
  finishSignIn(): Promise<unknown>
  getCurrentUser(): Promise<unknown>
  signOut(): void
}

/** A page at the application's origin with a block and these calls of it as its program, and the shop that it needs. */
const openSnippet = async (label: string, application: string, at: Poolhouse, flags: readonly string[] = []) => {
  const program = async (back: string) => {
    const own = await openAt(at.url, back)
    onTestFinished(own.close)
    await at.seed(JSON.parse(own.code('shop.json')))
    return own.write(label, `Object.assign(globalThis, { application: ${application} })`)
  }
  const opened = await openPage<Snippet>(program, 'localhost', flags)
  onTestFinished(opened.close)
  const signIn = async () => {
    const back = new URL('/callback', opened.page.url()).href
    await opened.inPage('signIn')
    await opened.page.waitForURL(`${at.url}/login?**`)
    await signInInBrowser(opened.page, back)
  }
  const signOut = async () => {
    const home = new URL('/', opened.page.url()).href
    await opened.inPage('signOut')
    await opened.page.waitForURL(home)
  }
  return { inPage: opened.inPage, signIn, signOut }
}

// What leads away never ends.
const leaving = (name: string) => `() => { void ${name}() }`

describe.skipIf(!hasBrowser)(`docs/oauth.md in Chromium${browserNote}`, () => {
  it('oidc-client-ts', async () => {
    const calls = `{ signIn: ${leaving('signIn')}, finishSignIn, signOut: ${leaving('signOut')} }`
    const snippet = await openSnippet('oidc-client-ts.mjs', calls, server)
    await snippet.signIn()
    expect(await snippet.inPage('finishSignIn')).toMatchObject({ profile: { 'cognito:username': 'ana' }, scope: 'openid email profile' })
    await snippet.signOut()
  })

  it('Amplify', async () => {
    const secure = await startPoolhouse({ tls: true })
    onTestFinished(secure.stop)
    const calls = `{ signIn: ${leaving('signInWithRedirect')}, getCurrentUser, signOut: ${leaving('signOut')} }`
    const snippet = await openSnippet('amplify.mjs', calls, secure, [await trustFlag(secure)])
    await snippet.signIn()
    expect(await snippet.inPage('getCurrentUser')).toMatchObject({ username: 'ana' })
    await snippet.signOut()
  })
})
