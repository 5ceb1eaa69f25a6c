import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MadePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { createOutage, type Outage } from '../support/outage.ts'
import { openBrowser, type SeenPage } from '../support/page-browser.ts'
import { authorizeQuery, callback, makePagePool } from '../support/page-pool.ts'

let server: OAuthServer
let outage: Outage
let pool: MadePool

beforeAll(async () => {
  server = await startOAuth(
    {},
    {},
    {
      through: (harness) => {
        outage = createOutage(harness)
        return outage.services
      },
    },
  )
  pool = await makePagePool(server.harness)
  await makeUser(server.harness, pool.UserPoolId, 'ana')
})
afterAll(() => server.stop())

/** Does something once while all is well, then without each of the parts that it asked for. */
const withoutEach = async (begin: () => Promise<() => Promise<SeenPage>>, closed: (answer: SeenPage, part: string) => void) => {
  const whole = await begin()
  const parts = await outage.used(async () => {
    expect((await whole()).location).toContain(`${callback}?code=`)
  })
  expect(parts.length).toBeGreaterThan(3)
  for (const part of parts) closed(await outage.without(part, await begin()), part)
  return parts
}

const noGrant = (answer: SeenPage, part: string) => {
  expect([part, answer.location.includes('code='), answer.location.includes('access_token')]).toEqual([part, false, false])
  expect([part, JSON.stringify(answer.headers['set-cookie'] ?? '').includes('cognito.')]).toEqual([part, false])
}

describe('must-not-happen 45: a page while something is down', () => {
  it('signs nobody in, and says so on a page of ours', async () => {
    const typed = async () => {
      const browser = openBrowser(server.url)
      const page = await browser.submit(await browser.get(`/login?${authorizeQuery(pool)}`), { username: 'ana' })
      return () => browser.submit(page, { username: 'ana', password })
    }
    const parts = await withoutEach(typed, (answer, part) => {
      noGrant(answer, part)
      expect([part, answer.status]).toEqual([part, expect.toSatisfy((status: number) => [200, 302, 403, 500].includes(status))])
    })
    expect(parts).toEqual(expect.arrayContaining(['store.users.byId', 'store.clients.recentByClientId', 'keyring.open']))
  })

  it('takes nobody for signed in, and the authorization endpoint tells the application of the fault', async () => {
    const signedIn = async () => {
      const browser = openBrowser(server.url)
      const page = await browser.submit(await browser.get(`/login?${authorizeQuery(pool)}`), { username: 'ana' })
      await browser.submit(page, { username: 'ana', password })
      return () => browser.get(`/oauth2/authorize?${authorizeQuery(pool)}`)
    }
    const told: string[] = []
    await withoutEach(signedIn, (answer, part) => {
      noGrant(answer, part)
      if (answer.location === `${callback}?error=server_error&state=a+state`) told.push(part)
    })
    expect(told).toEqual(expect.arrayContaining(['store.users.byIdAndOrigin', 'keyring.open']))
  })
})
