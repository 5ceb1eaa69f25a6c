import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser } from '../support/page-browser.ts'
import { authorizeQuery, callback, makePagePool, pageClient } from '../support/page-pool.ts'
import { isGranted, typePassword } from '../support/page-steps.ts'
import { registerClient } from '../support/registered-client.ts'

const evil = 'https://evil.example/cb'

let server: OAuthServer
let made: MadePool
let registered: MadePool

beforeAll(async () => {
  server = await startOAuth()
  made = await makePagePool(server.harness, { DcrConfiguration: { OpenDcrEnabled: true } })
  registered = await registerClient(server, made, { client_name: 'Payroll', redirect_uris: [evil] })
  await makeUser(server.harness, made.UserPoolId, 'ana')
})
afterAll(() => server.stop())

const open = () => openBrowser(server.url)
const query = (more: Readonly<Record<string, string | undefined>> = {}) =>
  authorizeQuery(registered, { redirect_uri: evil, scope: undefined, ...more })
const hrefs = (html: string) => [...html.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))

/** Requests that are refused towards the application. */
const refused: readonly (readonly [string, string, string])[] = [
  ['oauth2/authorize', 'scope=nope', 'invalid_scope'],
  ['oauth2/authorize', 'response_type=x', 'invalid_request'],
  ['oauth2/authorize', 'identity_provider=x', 'invalid_request'],
  ['oauth2/authorize', 'nonce=a&nonce=b', 'invalid_request'],
  ['login', 'scope=nope', 'invalid_scope'],
  ['signup', 'max_age=x', 'invalid_request'],
]
const asked = (more: string) => (more.startsWith('response_type') ? query({ response_type: undefined }) : query())

describe('must-not-happen 18: no link to this server leads unasked to an address that registered itself', () => {
  it.each(refused)('/%s with %s', async (page, more, error) => {
    const stays = await open().get(`/${page}?${asked(more)}&${more}`)
    expect([stays.status, stays.location]).toEqual([400, ''])
    expect(stays.headers['refresh']).toBeUndefined()
    expect(stays.html).not.toContain('http-equiv')
    expect(stays.html).toMatch(/Payroll<\/bdi> at <bdi class="value">evil\.example<\/bdi> registered itself here/)
    const back = hrefs(stays.html).filter((href) => href.startsWith(evil))
    expect(back).toHaveLength(1)
    expect(new URL(back[0] ?? '').searchParams.get('error')).toBe(error)
    expect(new URL(back[0] ?? '').searchParams.get('state')).toBe('a state')
  })

  it.each(refused)('but the application of an administrator is told at once: /%s with %s', async (page, more, error) => {
    const client = await makeClient(server.harness, made.UserPoolId, pageClient)
    const own = authorizeQuery(client, more.startsWith('response_type') ? { response_type: undefined } : { scope: undefined })
    const { location } = await open().get(`/${page}?${own}&${more}`)
    expect(location).toContain(`${callback}?error=${error}`)
  })

  it.each([
    // Somebody looks at the page.
    [{ 'sec-fetch-dest': 'document' }, false],
    // The application renews what it has, in a frame of its own page.
    [{ 'sec-fetch-dest': 'iframe' }, true],
    // A program, or a browser that is too old to say.
    [{}, true],
  ] as const)('with prompt=none and %o only where nobody looks', async (headers, leads) => {
    const browser = open()
    expect(isGranted(await typePassword(browser, made, 'ana'))).toBe(true)
    for (const page of ['oauth2/authorize', 'login']) {
      const first = await browser.get(`/${page}?${query({ prompt: 'none' })}`, headers)
      const answer = first.location.startsWith('/') ? await browser.get(first.location, headers) : first
      expect(answer.location).toBe(leads ? `${evil}?error=login_required&state=a+state` : '')
      if (!leads) expect(hrefs(answer.html)).toContain(`${evil}?error=login_required&state=a+state`)
    }
  })

  it('and who sent a form of ours has been asked, but no other form has', async () => {
    const browser = open()
    const page = await browser.get(`/login?${query()}`)
    const token = /name="_csrf" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
    const path = `/login?${query({ scope: 'nope' })}`
    expect((await browser.post(path, { _csrf: token })).location).toBe(`${evil}?error=invalid_scope&state=a+state`)
    expect((await browser.post(path, { _csrf: 'x' })).location).toBe('')
    expect((await browser.post(path, { _csrf: token }, { 'sec-fetch-site': 'cross-site' })).location).toBe('')
  })

  it('nor does signing out, unless an administrator gave it the address', async () => {
    const logout = (uri: string) => `/logout?${new URLSearchParams({ client_id: registered.ClientId, logout_uri: uri })}`
    expect((await open().get(logout(evil))).location).toContain('/error?error=sign_out_mismatch')
    const { UserPoolClient } = await server.harness.ok('DescribeUserPoolClient', registered)
    const { CallbackURLs, AllowedOAuthFlows, AllowedOAuthScopes, SupportedIdentityProviders } = UserPoolClient
    const bye = 'https://evil.example/bye'
    await server.harness.ok('UpdateUserPoolClient', {
      UserPoolId: registered.UserPoolId,
      ClientId: registered.ClientId,
      CallbackURLs,
      AllowedOAuthFlows,
      AllowedOAuthScopes,
      SupportedIdentityProviders,
      AllowedOAuthFlowsUserPoolClient: true,
      LogoutURLs: [bye],
    })
    expect((await open().get(logout(bye))).location).toBe(bye)
    expect((await open().get(logout(evil))).location).toContain('/error?error=sign_out_mismatch')
  })
})
