import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeUser } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser } from '../support/page-browser.ts'
import { createPageChallenges } from '../support/page-challenges.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'
import { typePassword } from '../support/page-steps.ts'
import { pathFunctions } from '../support/sign-in-paths.ts'

let server: OAuthServer
beforeAll(async () => {
  server = await startOAuth({}, pathFunctions)
})
afterAll(() => server.stop())

describe('must-not-happen 25: no fault of the server', () => {
  it.each([['PASSWORD_SRP'], ['DEVICE_SRP_AUTH'], ['constructor'], ['\u0001'], ['[', 3000]])(
    'is what a page makes of a choice that it did not offer: %j',
    async (piece, count = 1) => {
      const answer = piece.repeat(count)
      for (const { name, ask } of await createPageChallenges(server)) {
        const { browser, page } = await ask(`chooses-${name}-${answer.length}-${answer.slice(0, 6)}`.replaceAll(/[^\w-]/g, '-'))
        const seen = await browser.submit(page, { answer, code: answer, password: answer, email: answer, credential: answer })
        expect([seen.status, seen.location], name).toEqual([200, ''])
      }
    },
  )

  it.each([
    ['https://app.example.com/назад/€', 'https://app.example.com/%D0%BD%D0%B0%D0%B7%D0%B0%D0%B4/%E2%82%AC'],
    ['https://1.2.3.4.5/back', 'https://1.2.3.4.5/back'],
  ])('is what comes of the registered address %s', async (redirect_uri, sent) => {
    const pool = await makePagePool(server.harness, {}, { CallbackURLs: [redirect_uri], LogoutURLs: [redirect_uri] })
    await makeUser(server.harness, pool.UserPoolId, 'ana')
    const browser = openBrowser(server.url)
    const refused = await browser.get(`/oauth2/authorize?${authorizeQuery(pool, { redirect_uri, prompt: 'none' })}`)
    expect(refused.location).toBe(`${sent}?error=login_required&state=a+state`)
    const done = await typePassword(browser, pool, 'ana', undefined, { redirect_uri })
    expect(done.location.startsWith(`${sent}?code=`), done.location).toBe(true)
    const out = new URLSearchParams({ client_id: pool.ClientId, logout_uri: redirect_uri })
    expect((await browser.get(`/logout?${out}`)).location).toBe(sent)
  })
})
