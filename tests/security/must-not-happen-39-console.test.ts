import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OperatorConsole, openOperatorConsole } from '../support/operator-console.ts'
import { steal } from '../support/operator-visitor.ts'
import { totpCode } from '../support/totp-code.ts'

const password = 'purple-otter-7-lagoon'
const step = 30_000

const consoles: Record<'http' | 'https', OperatorConsole> = {} as never
beforeAll(async () => {
  consoles.http = await openOperatorConsole()
  consoles.https = await openOperatorConsole({ adminUrl: 'https://admin.example.com/idp' })
})
afterAll(async () => {
  for (const { harness } of Object.values(consoles)) await harness.close()
})

/** Somebody who is signed in at the console of this machine. */
const signedIn = async (name: string) => {
  const { visitor, invite, harness } = consoles.http
  const browser = visitor()
  const secret = await browser.setUp(await invite(name), password, harness.clock.now())
  harness.clock.advance(step)
  const signIn = (from = browser) => from.post('/sign-in', { name, password, code: totpCode(secret, harness.clock.now()) })
  return { browser, signIn }
}

describe('must-not-happen 39: the session of an operator on localhost, where other servers get and set its cookie', () => {
  it('is none for whoever has the cookie alone, or the page key alone', async () => {
    const { browser } = await signedIn('ada')
    const answers = async (cookie: string | undefined, pageKey: string | undefined) => {
      const thief = Object.assign(consoles.http.visitor(), { cookie, pageKey })
      const call = await thief.call('ListUserPools', { MaxResults: 1 })
      return [
        (await thief.get('/session')).status,
        (await thief.get('/account')).status,
        (await thief.get('/live/metrics')).status,
        call.status,
      ]
    }
    const out = [401, 401, 401, 400]
    expect(await answers(browser.cookie, undefined)).toEqual(out)
    expect(await answers(browser.cookie, 'x'.repeat(43))).toEqual(out)
    expect(await answers(browser.cookie, browser.cookie?.split('=')[1])).toEqual(out)
    expect(await answers(undefined, browser.pageKey)).toEqual(out)
    expect(await answers(`poolhouse_operator=${browser.pageKey}`, browser.pageKey)).toEqual(out)
    expect(await answers(browser.cookie, browser.pageKey)).toEqual([200, 200, 200, 200])
  })

  it('is not another’s: halves of two sessions make none, and a tossed cookie neither wins nor signs anybody out', async () => {
    const [bo, mallory] = [await signedIn('bo'), await signedIn('mallory')]
    const mixed = Object.assign(consoles.http.visitor(), { cookie: mallory.browser.cookie, pageKey: bo.browser.pageKey })
    expect((await mixed.get('/session')).status).toBe(401)
    const tossed = steal(bo.browser, consoles.http.visitor())
    tossed.cookie = `${mallory.browser.cookie}; poolhouse_operator=${'x'.repeat(43)}; ${bo.browser.cookie}; poolhouse_operator=junk`
    expect((await tossed.get('/session')).body.operator).toBe('bo')
    // A new sign-in ends the session that the request had, whichever of the cookies it was.
    expect((await bo.signIn(tossed)).status).toBe(200)
    expect([(await bo.browser.get('/session')).status, (await mallory.browser.get('/session')).status]).toEqual([401, 200])
  })

  it('ends at signing out also where the cookie is not the only one', async () => {
    const { browser } = await signedIn('cy')
    const copy = steal(browser, consoles.http.visitor())
    browser.cookie = `poolhouse_operator=${'x'.repeat(43)}; ${browser.cookie}`
    expect((await browser.post('/sign-out', {})).status).toBe(200)
    expect((await copy.get('/session')).status).toBe(401)
  })
})

describe('must-not-happen 39: what the console tells browsers', () => {
  it('is to keep to HTTPS where it stands behind it, with a cookie that no neighbour can set', async () => {
    const { visitorFrom, invite, harness } = consoles.https
    const browser = visitorFrom('192.0.2.7')
    await browser.setUp(await invite('ada'), password, harness.clock.now())
    expect(browser.cookie).toMatch(/^__Host-poolhouse_operator=/)
    const { headers } = await browser.post('/sign-out', {})
    expect(headers['set-cookie']).toBe('__Host-poolhouse_operator=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0')
    for (const path of ['/', '/session', '/operators', '/nowhere', '/assets/none.js'])
      expect((await browser.get(path)).headers['strict-transport-security']).toBe('max-age=31536000')
    for (const path of ['/', '/session']) {
      expect((await consoles.http.visitor().get(path)).headers).not.toHaveProperty('strict-transport-security')
    }
  })

  it('over HTTPS on localhost says nothing of HTTPS, where the programs of others are too', async () => {
    const local = await openOperatorConsole({ adminUrl: 'https://localhost:8443' })
    expect((await local.visitorFrom('192.0.2.7').get('/')).headers).not.toHaveProperty('strict-transport-security')
    await local.harness.close()
  })
})
