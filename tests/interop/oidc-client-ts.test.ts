import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { browserNote, hasBrowser, type OpenPage, openPage } from '../support/open-page.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { signInInBrowser } from '../support/sign-in-in-browser.ts'
import type { OidcApplication } from './oidc-client-ts-page.ts'

let server: Poolhouse
let shop: Shop
let open: OpenPage<OidcApplication>

beforeAll(async () => {
  if (!hasBrowser) return
  const program = fileURLToPath(new URL('oidc-client-ts-page.ts', import.meta.url))
  // Of another site than the server, which is at localhost.
  ;[server, open] = await Promise.all([startPoolhouse(), openPage<OidcApplication>(program, '127.0.0.1')])
  shop = await openShop(server, new URL(open.page.url()).origin)
})
afterAll(async () => {
  await open?.close()
  await server?.stop()
})

const configure = () => open.inPage('configure', { authority: shop.issuer, client_id: shop.web, redirect_uri: shop.callback })

/** Sends the browser away to sign in; answers whether it stays with the server because somebody is to be asked, else it is at the callback. */
const leave = async (): Promise<boolean> => {
  await open.page.goto(new URL('/', shop.callback).href)
  await configure()
  await open.inPage('signIn')
  await open.page.waitForURL((url) => url.pathname === '/login' || url.href.startsWith(shop.callback))
  return open.page.url().startsWith(server.url)
}

const finish = async () => {
  await configure()
  return open.inPage('finish')
}

const signIn = async () => {
  expect(await leave()).toBe(true)
  await signInInBrowser(open.page, shop.callback)
  return finish()
}

const signedIn = { token_type: 'Bearer', expired: false, profile: { 'cognito:username': 'ana', email: 'ana@example.org', username: 'ana' } }
const accessToken = (user: unknown) => (user as { access_token: string }).access_token

describe.skipIf(!hasBrowser)(`oidc-client-ts 3 in Chromium, on a page of another site${browserNote}`, () => {
  it('signs in, keeps the application’s state, renews and revokes', async () => {
    const user = await signIn()
    expect(user).toMatchObject({ ...signedIn, state: { page: 7 }, refresh_token: expect.any(String) })
    expect(await open.inPage('user')).toMatchObject(signedIn)
    const byItself = await open.inPage('renewedByItself')
    expect(byItself).toMatchObject(signedIn)
    expect(accessToken(byItself)).not.toBe(accessToken(user))
    const renewed = await open.inPage('renew')
    expect(renewed).toMatchObject(signedIn)
    expect(accessToken(renewed)).not.toBe(accessToken(byItself))
    await open.inPage('revoke')
    const reply = await fetch(`${server.url}/oauth2/userInfo`, { headers: { authorization: `Bearer ${accessToken(renewed)}` } })
    expect(reply.status).toBe(401)
  })

  it('signs in in a window of its own', async () => {
    await configure()
    const opened = open.page.context().waitForEvent('page')
    await open.inPage('openPopup')
    const popup = await opened
    await popup.waitForURL((url) => url.pathname === '/login' || url.href.startsWith(shop.callback))
    if (popup.url().startsWith(server.url)) await signInInBrowser(popup, shop.callback)
    const finished = popup.evaluate(
      `application.configure(${JSON.stringify({ authority: shop.issuer, client_id: shop.web, redirect_uri: shop.callback })}), application.finish()`,
    )
    expect(await open.inPage('signedInByPopup')).toMatchObject(signedIn)
    // The window closes itself.
    await finished.catch(() => undefined)
  })

  it.each([
    ['as AWS shows it', () => open.inPage('signOutOfCognito', server.url, shop.web, shop.bye)],
    ['by its own signoutRedirect with AWS’s parameters', () => open.inPage('signOut', shop.web, shop.bye)],
  ])('signs out %s', async (_, signOut) => {
    if (await leave()) await signInInBrowser(open.page, shop.callback)
    await finish()
    // The browser's session is enough.
    expect(await leave()).toBe(false)
    expect(await finish()).toMatchObject(signedIn)
    await signOut()
    await open.page.waitForURL(shop.bye)
    await configure()
    expect(await open.inPage('user')).toBe(null)
    expect(await leave()).toBe(true)
  })
})
