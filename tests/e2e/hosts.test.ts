import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitors } from '../support/e2e-visitors.ts'
import type { MadePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'
import { password } from '../support/start-app.ts'

const prefixDomain = 'shop.auth.us-east-1.localhost'
const customDomain = 'login.shop.example'
const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/1' }

let shop: ShopServer
let visitors: Visitors
let pool: ShopPool
let plain: OAuthServer
let plainPool: MadePool
let customUrl: string

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, plain] = await Promise.all([openShopServer(), startOAuth()])
  customUrl = plain.url.replace('//127.0.0.1:', `//${customDomain}:`)
  // Chromium finds *.localhost by itself, and trusts it; the other is as if behind TLS.
  const mapped = `--host-resolver-rules=MAP ${customDomain} 127.0.0.1`
  visitors = await openVisitors(mapped, `--unsafely-treat-insecure-origin-as-secure=${customUrl}`)
  pool = await shop.addPool({ users: [{ username: 'ana', password }], domains: [{ Domain: 'shop', ManagedLoginVersion: 1 }] })
  // A development server answers for its own names alone; this one, as in production, for every pool's.
  plainPool = await makePagePool(plain.harness, {}, { CallbackURLs: [`${shop.origin}/callback`] })
  const { UserPoolId } = plainPool
  await makeUser(plain.harness, UserPoolId, 'ana')
  await plain.harness.ok('CreateUserPoolDomain', { UserPoolId, Domain: customDomain, CustomDomainConfig, ManagedLoginVersion: 2 })
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
  await plain?.stop()
})

describe.skipIf(!hasBrowser).each(deviceNames)(`host names on a %s${browserNote}`, (device) => {
  it('have the classic pages at the prefix, and a session there alone', async () => {
    const { page, type, press, see, complaints } = await visitors.visit(device)
    const at = (path: string) => pool.at(path).replace('//localhost:', `//${prefixDomain}:`)
    await page.goto(at('oauth2/authorize'))
    await see('Sign in', 'sign-in-prefix')
    expect(new URL(page.url()).hostname).toBe(prefixDomain)
    expect(await page.evaluate('document.documentElement.dataset.version')).toBe('1')
    await type('User name', 'ana')
    await type('Password', password)
    await press('Sign in')
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': 'ana' })
    await page.goto(at('oauth2/authorize'))
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': 'ana' })
    await page.goto(pool.at('oauth2/authorize'))
    await page.getByLabel('User name', { exact: true }).waitFor()
    expect(complaints).toEqual([])
  })

  it('have managed login at a custom domain', async () => {
    const { page, type, press, see, complaints } = await visitors.visit(device)
    const query = authorizeQuery(plainPool, { redirect_uri: `${shop.origin}/callback` })
    await page.goto(`${customUrl}/oauth2/authorize?${query}`)
    await see('Sign in', 'sign-in-custom-domain')
    expect(new URL(page.url()).hostname).toBe(customDomain)
    expect(await page.evaluate('document.documentElement.dataset.version')).toBe('2')
    await type('User name', 'ana')
    await press('Next')
    await type('Password', password)
    await press('Sign in')
    await page.getByText('Welcome').waitFor()
    expect(new URL(page.url()).searchParams.get('code')).toMatch(/^[0-9a-f-]{36}$/)
    expect(complaints).toEqual([])
  })
})
