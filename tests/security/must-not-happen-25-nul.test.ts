import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MadePool } from '../support/make-pool.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { everything, type OperatorConsole, openOperatorConsole } from '../support/operator-console.ts'
import type { Visitor } from '../support/operator-visitor.ts'
import { openBrowser } from '../support/page-browser.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'

let server: OAuthServer
let made: MadePool
let opened: OperatorConsole
let ada: Visitor
beforeAll(async () => {
  server = await startOAuth()
  made = await makePagePool(server.harness, {}, { PreventUserExistenceErrors: 'ENABLED' })
  opened = await openOperatorConsole()
  ada = opened.visitor()
  await ada.setUp(await opened.invite('ada', everything), 'purple-otter-7-lagoon', opened.harness.clock.now())
})
afterAll(async () => {
  await server.stop()
  await opened.harness.close()
})

// No text has it, SQLite stores it, and PostgreSQL fails at it.
const nul = 'a\0b'

describe('must-not-happen 25: U+0000 is no fault of the server', () => {
  it.each(['login', 'signup', 'forgotPassword', 'resendcode', 'confirm', 'confirmforgotPassword'])('in a form of /%s', async (page) => {
    const browser = openBrowser(server.url)
    await browser.get(`/login?${authorizeQuery(made)}`)
    const form = { _csrf: browser.cookies.get('XSRF-TOKEN') ?? '', username: nul, password: 'Correct-Horse-7', code: '123456' }
    // As whatever else can't be read is answered.
    const { status, location } = await browser.post(`/${page}?${authorizeQuery(made)}`, form)
    expect([status, location.endsWith('/error?error=invalid_request')]).toEqual([302, true])
  })

  it('in the query of a page', async () => {
    for (const path of [
      `/login?${authorizeQuery(made)}&lang=a%00b`,
      `/confirmUser?client_id=${made.ClientId}&user_name=a%00b&confirmation_code=1`,
      `/login?client_id=a%00b`,
    ]) {
      const { status } = await openBrowser(server.url).get(path)
      expect([path, status >= 300 && status < 500]).toEqual([path, true])
    }
  })

  it('in a form of an OAuth endpoint, and in its Authorization header, as whatever nobody gave out', async () => {
    const { ClientId } = made
    for (const endpoint of ['token', 'revoke']) {
      const forms = [
        { client_id: nul, grant_type: 'refresh_token', refresh_token: 'x', token: 'x' },
        { client_id: ClientId, grant_type: 'refresh_token', refresh_token: nul, token: nul },
        { client_id: ClientId, grant_type: 'authorization_code', code: nul, token: nul, redirect_uri: nul },
        { client_id: ClientId, grant_type: 'client_credentials', scope: nul, token: nul, client_secret: nul },
      ]
      for (const form of forms) expect((await server.post(endpoint, form)).status, JSON.stringify(form)).toBeLessThan(500)
      for (const pair of ['a\0b:c', 'a%00b:c']) {
        const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
        const inHeader = await server.post(endpoint, 'grant_type=refresh_token&token=x&refresh_token=x', { authorization })
        expect([inHeader.status < 500, inHeader.body.error]).toEqual([true, 'invalid_client'])
      }
    }
  })

  it('in the name of an operator', async () => {
    const typed = { name: nul, password: 'purple-otter-7-lagoon', code: '123456' }
    expect((await opened.visitor().post('/sign-in', typed)).status).toBe(401)
    expect((await ada.post('/operators/remove', { name: nul })).status).toBe(404)
    expect((await ada.post('/operators/reset', { name: nul })).status).toBe(404)
    expect((await ada.post('/operators', { name: nul, policy: everything })).status).toBe(400)
  })

  it.each(['%00', '1%20%00', 'x', '%zz', '1%20'])(
    'at the beginning of a page of the audit trail, as is whatever is none: %s',
    async (after) => {
      expect((await ada.get(`/views/audit/server/${after}`)).status).toBe(400)
    },
  )
})
