import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser } from '../support/page-browser.ts'
import { authorizeQuery, makePagePool, pageClient } from '../support/page-pool.ts'

let server: OAuthServer
let pool: MadePool
let client: MadePool

const registered = 'https://app.example.com/cb?tenant=a.b'
const local = 'http://localhost:3000/cb'

beforeAll(async () => {
  server = await startOAuth()
  pool = await makePagePool(server.harness)
  client = await makeClient(server.harness, pool.UserPoolId, {
    ...pageClient,
    CallbackURLs: [registered, local, 'myapp://callback'],
    LogoutURLs: [registered, local, 'myapp://callback'],
  })
})
afterAll(() => server.stop())

const hostile = [
  'https://app.example.com/cb',
  'https://app.example.com/cb?tenant=axb',
  'https://app.example.com/cb?tenant=a.b&more=1',
  'https://app.example.com/cb?tenant=a.b#',
  'https://app.example.com/cb?tenant=a.b#fragment',
  'https://app.example.com/cb/?tenant=a.b',
  'https://app.example.com/CB?tenant=a.b',
  'HTTPS://app.example.com/cb?tenant=a.b',
  'https://APP.example.com/cb?tenant=a.b',
  'https://app.example.com:443/cb?tenant=a.b',
  'https://app.example.com./cb?tenant=a.b',
  'https://app.example.com/x/../cb?tenant=a.b',
  'https://app.example.com/./cb?tenant=a.b',
  'https://app.example.com/%63b?tenant=a.b',
  'https://app.example.com/cb?tenant=a%2Eb',
  'https://app.example.com@evil.example/cb?tenant=a.b',
  'https://evil.example@app.example.com/cb?tenant=a.b',
  'https://app.example.com.evil.example/cb?tenant=a.b',
  'https://app.example.com\\@evil.example/cb?tenant=a.b',
  'https://app.example.com\t/cb?tenant=a.b',
  ' https://app.example.com/cb?tenant=a.b',
  'https://app.example.com/cb?tenant=a.b ',
  'https://app.example.com/cb?tenant=a.b\r\nset-cookie: x=1',
  'https://app.example.com/cb?tenant=*',
  'https://*.example.com/cb?tenant=a.b',
  '//app.example.com/cb?tenant=a.b',
  '/cb?tenant=a.b',
  'cb',
  'http://app.example.com/cb?tenant=a.b',
  'http://127.0.0.1:3000/cb',
  'http://[::1]:3000/cb',
  'http://localhost:3001/cb',
  'http://localhost/cb',
  'http://localhost:3000/cb/',
  'http://localhost.evil.example:3000/cb',
  'myapp://callback/',
  'myapp://callback2',
  'MYAPP://callback',
  'javascript:alert(1)',
  'javascript://app.example.com/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://app.example.com/1',
]

describe('must-not-happen 18: only registered addresses, letter for letter', () => {
  it.each(hostile)('sends nobody to %j: authorize, login and every page of a sign-in', async (redirect_uri) => {
    const browser = openBrowser(server.url)
    for (const page of ['oauth2/authorize', 'login', 'signup', 'forgotPassword']) {
      const answer = await browser.get(`/${page}?${authorizeQuery(client, { redirect_uri })}`)
      expect([page, answer.status, answer.location]).toEqual([page, 302, `/error?error=redirect_mismatch&client_id=${client.ClientId}`])
    }
  })

  it.each(hostile)('nor after a sign-out: %j', async (uri) => {
    const browser = openBrowser(server.url)
    const query = (name: string) => new URLSearchParams({ client_id: client.ClientId, response_type: 'code', [name]: uri })
    expect((await browser.get(`/logout?${query('logout_uri')}`)).location).toContain('/error?error=sign_out_mismatch')
    expect((await browser.get(`/logout?${query('redirect_uri')}`)).location).toContain('/error?error=redirect_mismatch')
  })

  it.each([registered, local, 'myapp://callback'])('takes %s', async (redirect_uri) => {
    const browser = openBrowser(server.url)
    expect((await browser.get(`/login?${authorizeQuery(client, { redirect_uri })}`)).heading).toBe('Sign in')
    const refused = await browser.get(`/oauth2/authorize?${authorizeQuery(client, { redirect_uri, scope: 'x' })}`)
    expect(refused.location).toBe(`${redirect_uri}${redirect_uri.includes('?') ? '&' : '?'}error=invalid_scope&state=a+state`)
    const out = await browser.get(`/logout?${new URLSearchParams({ client_id: client.ClientId, logout_uri: redirect_uri })}`)
    expect(out.location).toBe(redirect_uri)
  })
})
