import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-visitors.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { password } from '../support/start-app.ts'

const customDomain = 'login.shop.example'
const prefixDomain = 'shop.auth.us-east-1.localhost'
const certificate = { CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/1' }

let shop: ShopServer
let visitors: Visitors
let pool: ShopPool

beforeAll(async () => {
  if (!hasBrowser) return // Chromium finds *.localhost by itself.
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors(`--host-resolver-rules=MAP ${customDomain} 127.0.0.1`)])
  pool = await shop.addPool({
    users: [{ username: 'ana', password }],
    domains: [
      { Domain: 'shop', ManagedLoginVersion: 1 },
      { Domain: customDomain, CustomDomainConfig: certificate, ManagedLoginVersion: 2 },
    ],
  })
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

const at = (host: string, path: string) => pool.at(path).replace('//localhost:', `//${host}:`)
const signIn = async ({ page, type, press }: Visitor, isClassic: boolean) => {
  await type('User name', 'ana')
  if (!isClassic) await press('Next')
  await type('Password', password)
  await press('Sign in')
  expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': 'ana' })
}

describe.skipIf(!hasBrowser).each(deviceNames)(`host names on a %s${browserNote}`, (device) => {
  it.each([
    [prefixDomain, 'prefix', true],
    [customDomain, 'custom-domain', false],
  ])('sign in at %s', async (host, name, isClassic) => {
    const ana = await visitors.visit(device)
    await ana.page.goto(at(host, 'oauth2/authorize'))
    await ana.see('Sign in', `sign-in-${name}`)
    expect(new URL(ana.page.url()).hostname).toBe(host)
    expect(await ana.page.evaluate('document.documentElement.dataset.version')).toBe(isClassic ? '1' : '2')
    await signIn(ana, isClassic)
    // The session is the browser's at this name, and nowhere else.
    await ana.page.goto(at(host, 'oauth2/authorize'))
    expect(await pool.arrive(ana.page)).toMatchObject({ 'cognito:username': 'ana' })
    await ana.page.goto(at('localhost', 'oauth2/authorize'))
    await ana.page.getByLabel('User name', { exact: true }).waitFor()
    expect(ana.complaints).toEqual([])
  })
})
