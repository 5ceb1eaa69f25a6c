import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyPage } from '../support/every-page.ts'
import type { MadePool } from '../support/make-pool.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser, type SeenPage } from '../support/page-browser.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'

let server: OAuthServer
let pool: MadePool

beforeAll(async () => {
  server = await startOAuth({ publicUrl: 'https://id.example.com' })
  pool = await makePagePool(server.harness)
})
afterAll(() => server.stop())

const spoofed: readonly Readonly<Record<string, string>>[] = [
  { host: 'evil.example' },
  { host: 'id.example.com.evil.example' },
  { host: 'evil.example:9339' },
  { host: 'shop.auth.us-east-1.evil.example' },
  { host: '"><script>alert(1)</script>' },
  { host: '' },
  { 'x-forwarded-host': 'evil.example' },
  { 'x-forwarded-proto': 'http' },
  { 'x-forwarded-port': '1' },
  { 'x-forwarded-prefix': '/evil' },
  { 'x-forwarded-server': 'evil.example' },
  { 'x-original-url': '/evil' },
  { 'x-rewrite-url': '/evil' },
  { 'x-host': 'evil.example' },
  { forwarded: 'host=evil.example;proto=http;for=1.2.3.4' },
  { referer: 'https://evil.example/' },
]

/** Everything of an answer but what is random in it: the request's id, the browser's token where it had none. */
const shown = ({ status, html, headers: { date, 'x-amz-cognito-request-id': id, 'x-amzn-requestid': other, ...headers } }: SeenPage) => ({
  status,
  html,
  headers,
})

describe('must-not-happen 16: nothing is made from headers that name the host', () => {
  it.each(spoofed)('answers are the same, byte for byte, with %j', async (headers) => {
    const browser = openBrowser(server.url, 'id.example.com')
    await browser.get(`/login?${authorizeQuery(pool)}`)
    // A request whose Host is no name at all is answered by pages alone; for documents it is malformed.
    const pages = everyPage(pool).filter((path) => !headers['host']?.includes('<') || !path.includes('.well-known'))
    for (const path of pages) {
      const before = new Map(browser.cookies)
      const usual = await browser.get(path)
      for (const [name, value] of before) browser.cookies.set(name, value)
      const answer = await browser.get(path, headers)
      for (const [name, value] of before) browser.cookies.set(name, value)
      // A sign-out gives the browser a new token each time.
      if (path.startsWith('/logout')) for (const page of [usual, answer]) delete (page.headers as Record<string, unknown>)['set-cookie']
      expect([path, shown(answer)]).toEqual([path, shown(usual)])
      expect(JSON.stringify(shown(answer))).not.toContain('evil.example/')
    }
  })

  it('mails lead to the public address, whatever host the form came to', async () => {
    const { harness } = server
    const link = await makePagePool(harness, {
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
      UsernameAttributes: ['email'],
    })
    await harness.ok('CreateUserPoolDomain', { UserPoolId: link.UserPoolId, Domain: 'mail' })
    const input = { ClientId: link.ClientId, Username: 'ana@example.com', Password: 'Correct-Horse-7' }
    await harness.ok('SignUp', input, { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } })
    const [message] = harness.mailbox?.messages('ana@example.com') ?? []
    expect(message?.body).toContain('https://mail.auth.us-east-1.id.example.com/confirmUser?')
    expect(JSON.stringify(message)).not.toContain('evil')
  })
})
