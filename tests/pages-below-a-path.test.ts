import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyPage } from './support/every-page.ts'
import { fullStyle } from './support/full-style.ts'
import type { MadePool } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser, type SeenPage } from './support/page-browser.ts'
import { authorizeQuery, callback, makePagePool } from './support/page-pool.ts'
import { type PathProxy, startPathProxy } from './support/path-proxy.ts'
import { testImages } from './support/test-images.ts'

let server: OAuthServer
let proxy: PathProxy
let pool: MadePool
let classic: MadePool

beforeAll(async () => {
  server = await startOAuth({ publicUrl: 'https://example.com/auth' })
  proxy = await startPathProxy(server.url, '/auth')
  pool = await makePagePool(server.harness)
  const { UserPoolId, ClientId } = pool
  await makeUser(server.harness, UserPoolId, 'ana', { email: 'ana@example.com', email_verified: 'true' })
  await server.harness.ok('CreateManagedLoginBranding', {
    UserPoolId,
    ClientId,
    Settings: fullStyle,
    Assets: (['FORM_LOGO', 'FAVICON_SVG', 'PAGE_BACKGROUND'] as const).map((Category) => ({
      Category,
      ColorMode: 'DYNAMIC',
      Extension: 'SVG',
      Bytes: testImages.svg,
    })),
  })
  classic = await makePagePool(server.harness, { UserPoolTier: 'LITE' })
  await server.harness.ok('CreateUserPoolDomain', { UserPoolId: classic.UserPoolId, Domain: 'classic' })
  await server.harness.ok('SetUICustomization', {
    UserPoolId: classic.UserPoolId,
    ClientId: classic.ClientId,
    CSS: '.banner-customizable { padding: 1px; }',
    ImageFile: testImages.png,
  })
})
afterAll(async () => {
  await proxy.stop()
  await server.stop()
})

/** The addresses that a page has in links, forms, sheets, scripts and pictures. */
const addressesOf = ({ html }: SeenPage): string[] =>
  [...html.matchAll(/\b(?:href|action|src|srcset)="([^"]*)"/g)].map(([, address = '']) => address.replaceAll('&amp;', '&'))

const isFine = (address: string): boolean => address.startsWith('/auth/') || /^(?:#|data:|https:\/\/app\.example\.com\/)/.test(address)

describe('below a path of the public URL, behind a proxy that takes it off', () => {
  it('every page has its own addresses there, and every redirect', async () => {
    const browser = openBrowser(proxy.url)
    for (const made of [pool, classic]) {
      for (const path of everyPage(made)) {
        const page = await browser.get(`/auth${path}`)
        expect(page.status, path).not.toBe(418)
        expect(
          addressesOf(page).filter((address) => !isFine(address)),
          path,
        ).toEqual([])
        if (page.location !== '') expect(page.location, path).toMatch(/^(?:\/auth\/|https:\/\/app\.example\.com\/)/)
      }
    }
  })

  it('loads the sheets, the script and the pictures, those that sheets name too', async () => {
    for (const made of [pool, classic]) {
      const page = await openBrowser(proxy.url).get(`/auth/login?${authorizeQuery(made)}`)
      const files = addressesOf(page).filter((address) => address.startsWith('/auth/assets/'))
      expect(files.length, page.html).toBeGreaterThanOrEqual(4)
      for (const file of files) {
        const answer = await fetch(proxy.url + file)
        expect(answer.status, file).toBe(200)
        const sheet = await answer.text()
        for (const [, named = ''] of sheet.matchAll(/url\("([^"]*)"\)/g)) {
          expect(named).toMatch(/^\/auth\/assets\/branding\//)
          expect((await fetch(proxy.url + named)).status, named).toBe(200)
        }
      }
    }
  })

  it('signs in, stays signed in, changes the language and signs out', async () => {
    const browser = openBrowser(proxy.url)
    const page = await browser.follow(await browser.get(`/auth/oauth2/authorize?${authorizeQuery(pool)}`))
    const name = await browser.submit(page, { username: 'ana' })
    const done = await browser.submit(name, { username: 'ana', password })
    expect(done.location.startsWith(callback)).toBe(true)
    // The prefix is for cookies of a whole host alone.
    expect(done.headers['set-cookie']?.[0]).toMatch(/^__Host-cognito\.[^;]+; Path=\/; HttpOnly; SameSite=Lax; Secure/)
    expect((await browser.get(`/auth/oauth2/authorize?${authorizeQuery(pool)}`)).location.startsWith(callback)).toBe(true)
    const select = await browser.get(`/auth/login?${authorizeQuery(pool, { lang: 'ja' })}`)
    const other = addressesOf(select).find((address) => address.includes('other=1')) ?? ''
    expect((await browser.get(other)).html).toContain('lang="ja"')
    expect((await browser.submit(select, { continue: 'yes' })).location.startsWith(callback)).toBe(true)
    const out = new URLSearchParams({ client_id: pool.ClientId, redirect_uri: callback, response_type: 'code' })
    const again = await browser.follow(await browser.get(`/auth/logout?${out}`))
    expect([again.path.split('?')[0], again.html.includes('name="username"')]).toEqual(['/auth/login', true])
  })
})

describe('at the root of the public URL', () => {
  it('addresses have no path before them, whatever a request says', async () => {
    const plain = await startOAuth({ publicUrl: 'https://example.com' })
    const made = await makePagePool(plain.harness)
    const page = await openBrowser(plain.url).get(`/login?${authorizeQuery(made)}`, { 'x-forwarded-prefix': '/auth' })
    expect(addressesOf(page).filter((address) => address.includes('auth/'))).toEqual([])
    await plain.stop()
  })
})
