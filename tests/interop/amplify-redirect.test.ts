import { Agent } from 'node:https'
import { fileURLToPath } from 'node:url'
import { CreateUserPoolDomainCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { browserNote, hasBrowser, type OpenPage, openPage } from '../support/open-page.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { signInInBrowser } from '../support/sign-in-in-browser.ts'
import { sdkClient } from '../support/start-app.ts'
import { trustFlag } from '../support/trust-flag.ts'
import type { RedirectApplication } from './amplify-redirect-page.ts'

let server: Poolhouse
let shop: Shop
let open: OpenPage<RedirectApplication>

beforeAll(async () => {
  if (!hasBrowser) return
  const program = fileURLToPath(new URL('amplify-redirect-page.ts', import.meta.url))
  server = await startPoolhouse({ tls: true })
  open = await openPage<RedirectApplication>(program, 'localhost', [await trustFlag(server)])
  shop = await openShop(server, new URL(open.page.url()).origin)
  const admin = sdkClient(server.url, { requestHandler: { httpsAgent: new Agent({ ca: server.certificateAuthority }) } })
  await admin.send(new CreateUserPoolDomainCommand({ UserPoolId: shop.poolId, Domain: 'shop', ManagedLoginVersion: 2 }))
})
afterAll(async () => {
  await open?.close()
  await server?.stop()
})

const port = () => new URL(server.url).port

const configure = async (domain: string, responseType: 'code' | 'token') => {
  await open.page.goto(new URL('/', shop.callback).href)
  await open.inPage('configure', {
    endpoint: server.url,
    userPoolId: shop.poolId,
    userPoolClientId: shop.web,
    domain,
    redirectSignIn: shop.callback,
    redirectSignOut: shop.bye,
    responseType,
  })
}

const signIn = async (domain: string) => {
  await open.inPage('signIn')
  await open.page.waitForURL(`https://${domain}/login?**`)
  await signInInBrowser(open.page, shop.callback)
}

const claims = { id: { 'cognito:username': 'ana', email: 'ana@example.org' }, access: { username: 'ana', token_use: 'access' } }

describe.skipIf(!hasBrowser)(`signInWithRedirect of aws-amplify 6 in Chromium, over TLS${browserNote}`, () => {
  it.each([
    ['the server’s own address', () => `localhost:${port()}`],
    ['the domain of the pool', () => `shop.auth.us-east-1.localhost:${port()}`],
  ])('signs in with a code at %s, knows who it is, refreshes and signs out', async (_, domainOf) => {
    const domain = domainOf()
    await configure(domain, 'code')
    await signIn(domain)
    const session = (await open.inPage('session', false)) as { token: string }
    expect(session).toMatchObject(claims)
    expect(await open.inPage('events')).toContain('customOAuthState "page 7"')
    expect(await open.inPage('whoAmI')).toMatchObject({ username: 'ana', attributes: { email: 'ana@example.org', name: 'Ana' } })
    const refreshed = (await open.inPage('session', true)) as { token: string }
    expect(refreshed).toMatchObject(claims)
    expect(refreshed.token).not.toBe(session.token)

    await open.inPage('signOut')
    await open.page.waitForURL(shop.bye)
    expect(await open.inPage('session', false)).toEqual({})
    // The browser's session has ended with it.
    await open.inPage('signIn')
    await open.page.waitForURL(`https://${domain}/login?**`)
  })

  it('signs in with the implicit grant', async () => {
    const domain = `localhost:${port()}`
    await configure(domain, 'token')
    await signIn(domain)
    expect(await open.inPage('session', false)).toMatchObject(claims)
    expect(await open.inPage('whoAmI')).toMatchObject({ username: 'ana' })
  })
})
