import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MadePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { formsOf, openBrowser } from '../support/page-browser.ts'
import { authorizeQuery, callback, makePagePool } from '../support/page-pool.ts'

let server: OAuthServer
let pool: MadePool

beforeAll(async () => {
  server = await startOAuth()
  pool = await makePagePool(server.harness)
  await makeUser(server.harness, pool.UserPoolId, 'ana')
})
afterAll(() => server.stop())

const path = () => `/login?${authorizeQuery(pool)}`

/** A right sign-in sent with these headers and this token. */
const signIn = async (headers: Record<string, string>, change: (token: string) => string | undefined = (token) => token) => {
  const browser = openBrowser(server.url)
  const [form] = formsOf(await browser.get(path()))
  const token = change(form?.hidden['_csrf'] ?? '')
  return browser.post(path(), { ...(token !== undefined && { _csrf: token }), username: 'ana', password }, headers)
}

describe('must-not-happen 41: login CSRF', () => {
  it.each([
    ['a program that sends neither', {}],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
    ['our own page in an older browser', {}],
  ])('takes a sign-in from %s', async (_, headers) => {
    const own = { origin: server.url }
    const answer = await signIn('sec-fetch-site' in headers ? headers : own)
    expect(answer.location).toContain(`${callback}?code=`)
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the site', { 'sec-fetch-site': 'same-site' }],
    ['nowhere', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'https://evil.example.com' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['something that is no origin', { origin: 'x' }],
  ])('refuses one from %s, though it has the token', async (_, headers) => {
    const answer = await signIn(headers)
    expect([answer.status, answer.location, answer.headers['set-cookie']]).toEqual([403, '', undefined])
  })

  it.each([
    ['no token', () => undefined],
    ['an empty token', () => ''],
    ['another token', () => '00000000-0000-4000-8000-000000000000'],
  ])('refuses one with %s', async (_, change) => {
    expect((await signIn({}, change)).status).toBe(403)
  })

  it('refuses one whose browser has no cookie, and one with the token of another browser', async () => {
    const [form] = formsOf(await openBrowser(server.url).get(path()))
    const fields = { _csrf: form?.hidden['_csrf'] ?? '', username: 'ana', password }
    expect((await openBrowser(server.url).post(path(), fields)).status).toBe(403)
    const other = openBrowser(server.url)
    await other.get(path())
    expect((await other.post(path(), fields)).status).toBe(403)
  })

  it('takes no other kind of body', async () => {
    const browser = openBrowser(server.url)
    const [form] = formsOf(await browser.get(path()))
    const body = JSON.stringify({ _csrf: form?.hidden['_csrf'], username: 'ana', password })
    expect((await browser.post(path(), body, { 'content-type': 'application/json' })).location).toBe('/error?error=invalid_request')
    expect((await browser.post(path(), body, { 'content-type': 'text/plain' })).location).toBe('/error?error=invalid_request')
  })
})
