import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-visitors.ts'
import { makeUser } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'
import { password } from '../support/start-app.ts'

const users = ['ana', 'bea'].map((username) => ({ username, password }))

let shop: ShopServer
let visitors: Visitors
let pool: ShopPool
let standard: OAuthServer

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors, standard] = await Promise.all([openShopServer(), openVisitors(), startOAuth({ rpInitiatedLogout: true })])
  pool = await shop.addPool({ users })
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
  await standard?.stop()
})

const signIn = async ({ page, type, press }: Visitor, name: string) => {
  await type('User name', name)
  await press('Next')
  await type('Password', password)
  await press('Sign in')
  await page.getByText('Welcome').waitFor()
}

describe.skipIf(!hasBrowser).each(deviceNames)(`a login session on a %s${browserNote}`, (device) => {
  it('is enough for another application, asks at the sign-in page, and ends at the sign-out', async () => {
    const ana = await visitors.visit(device)
    const { page, press, see } = ana
    await page.goto(pool.at('oauth2/authorize'))
    await signIn(ana, 'ana')
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': 'ana' })
    await page.goto(pool.at('oauth2/authorize', { client_id: pool.otherClientId }))
    expect(await pool.arrive(page, pool.otherClientId)).toMatchObject({ 'cognito:username': 'ana', aud: pool.otherClientId })

    await page.goto(pool.at('login'))
    await see('Choose an account', 'select-account')
    await press('Continue as ana')
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': 'ana' })
    await page.goto(pool.at('login'))
    await press('Use another account')
    await page.getByLabel('User name').waitFor()
    await signIn(ana, 'bea')
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': 'bea' })

    await page.goto(pool.at('logout', { logout_uri: `${shop.origin}/bye` }))
    expect([page.url(), await page.textContent('body')]).toEqual([`${shop.origin}/bye`, expect.stringContaining('Goodbye')])
    await page.goto(pool.at('oauth2/authorize'))
    await page.getByLabel('User name').waitFor()
    expect(ana.complaints).toEqual([])
  })

  it('is asked about before an application ends it, where OpenID Connect rules', async () => {
    const made = await makePagePool(standard.harness, {}, { CallbackURLs: [`${shop.origin}/callback`] })
    await makeUser(standard.harness, made.UserPoolId, 'ana')
    const ana = await visitors.visit(device)
    const { page, see, press } = ana
    await page.goto(`${standard.url}/login?${authorizeQuery(made, { redirect_uri: `${shop.origin}/callback` })}`)
    await signIn(ana, 'ana')
    await page.goto(`${standard.url}/logout?client_id=${made.ClientId}`)
    await see('Do you want to sign out?', 'sign-out')
    await press('Sign out')
    await see('You’re signed out', 'signed-out')
    expect(ana.complaints).toEqual([])
  })
})

describe.skipIf(!hasBrowser).each(deviceNames)(`the error page on a %s${browserNote}`, (device) => {
  it('says what happened, and leads nowhere', async () => {
    const { page, see, complaints } = await visitors.visit(device)
    await page.goto(pool.at('oauth2/authorize', { redirect_uri: 'https://evil.example' }))
    await see('That didn’t work', 'error', 'redirect_mismatch')
    expect(await page.locator('main a').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})
