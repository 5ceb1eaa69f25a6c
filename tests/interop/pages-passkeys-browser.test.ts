import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CreateUserPoolDomainCommand, SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { browserNote, executablePath, hasBrowser } from '../support/open-page.ts'
import { type App, password, setUpApp } from '../support/start-app.ts'
import { tokenParts } from '../support/token-parts.ts'

let server: Poolhouse
let shop: Server
let callback: string
let app: App
let browser: Browser

const openShop = async (url: string): Promise<App> =>
  setUpApp(url, {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    client: {
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: [callback],
      SupportedIdentityProviders: ['COGNITO'],
    },
  })

beforeAll(async () => {
  if (!hasBrowser) return
  shop = createServer((_, reply) => reply.end('<!doctype html><title>Shop</title>'))
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  callback = `http://localhost:${(shop.address() as AddressInfo).port}/callback`
  server = await startPoolhouse()
  app = await openShop(server.url)
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  shop?.close()
})

/** A browser of somebody's own, with a finger reader that always recognises them, and what its console complains of. */
const openBrowser = async (): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> => {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const devices = await context.newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { page, context, complaints }
}

const query = ({ clientId }: App, more: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({ client_id: clientId, redirect_uri: callback, ...more })
const atShop = (page: Page) => page.waitForURL((url) => url.href.startsWith(callback))

const typeName = async (page: Page, username: string, made = app, origin = server.url) => {
  await page.goto(`${origin}/oauth2/authorize?${query(made, { response_type: 'code' })}`)
  await page.fill('input[name=username]', username)
  await page.click('button[type=submit]:has-text("Next")')
}
const signInWithPassword = async (page: Page, username: string, made = app, origin = server.url) => {
  await typeName(page, username, made, origin)
  await page.fill('input[name=password]', password)
  await page.click('button:has-text("Sign in")')
  await atShop(page)
}
const addPasskey = async (page: Page, made = app, origin = server.url) => {
  await page.goto(`${origin}/passkeys/add?${query(made)}`)
  await page.click('button:has-text("Add passkey")')
}
const claimsAt = async (page: Page, { clientId } = app) => {
  const code = new URL(page.url()).searchParams.get('code') ?? ''
  const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: callback, client_id: clientId })
  const { access_token } = await (await fetch(`${server.url}/oauth2/token`, { method: 'POST', body })).json()
  return tokenParts(access_token).payload
}

describe.skipIf(!hasBrowser)(`passkeys on pages, in Chromium${browserNote}`, () => {
  it('are added and sign in', async () => {
    await app.addUser('ana')
    const { page, context, complaints } = await openBrowser()
    await signInWithPassword(page, 'ana')
    await addPasskey(page)
    await atShop(page)
    expect(page.url()).toBe(callback)
    await context.clearCookies()
    await typeName(page, 'ana')
    await page.click('button.choice:has-text("Passkey")')
    // The page asks for it by itself.
    await atShop(page)
    expect(await claimsAt(page)).toMatchObject({ username: 'ana', amr: ['swk'] })
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([])
    await context.close()
  })

  it('are asked for again by a button, and can be left for another way', async () => {
    await app.addUser('lost')
    const { page, context } = await openBrowser()
    await signInWithPassword(page, 'lost')
    await addPasskey(page)
    await atShop(page)
    // Another machine, which does not have the passkey.
    const elsewhere = await openBrowser()
    await typeName(elsewhere.page, 'lost')
    await elsewhere.page.click('button.choice:has-text("Passkey")')
    await elsewhere.page.waitForSelector('[data-fault]:not(:empty)')
    expect(await elsewhere.page.textContent('[data-fault]')).toContain('Nothing happened')
    expect(await elsewhere.page.isEnabled('button:has-text("Use passkey")')).toBe(true)
    await elsewhere.page.click('button:has-text("Sign in another way")')
    await elsewhere.page.click('button.choice:has-text("Password")')
    await elsewhere.page.fill('input[name=password]', password)
    await elsewhere.page.click('button:has-text("Sign in")')
    await atShop(elsewhere.page)
    expect(await claimsAt(elsewhere.page)).toMatchObject({ username: 'lost', amr: ['pwd'] })
    await Promise.all([context.close(), elsewhere.context.close()])
  })

  it('are one for each device, and can be put off', async () => {
    await app.addUser('twice')
    const { page, context } = await openBrowser()
    // Somebody who is not signed in comes by way of the sign-in page.
    await page.goto(`${server.url}/passkeys/add?${query(app)}`)
    await page.fill('input[name=username]', 'twice')
    await page.click('button:has-text("Next")')
    await page.fill('input[name=password]', password)
    await page.click('button:has-text("Sign in")')
    await page.click('button:has-text("Add passkey")')
    await atShop(page)
    await addPasskey(page)
    await page.waitForSelector('[data-fault]:not(:empty)')
    expect(await page.textContent('[data-fault]')).toContain('This device has a passkey for your account already.')
    await page.click('button:has-text("Not now")')
    await atShop(page)
    await context.close()
  })

  it('belong to the domain of a pool that says so', async () => {
    const other = await openShop(server.url)
    await other.addUser('ben')
    const host = 'passkeys.auth.us-east-1.localhost'
    await other.admin.send(new CreateUserPoolDomainCommand({ UserPoolId: other.poolId, Domain: 'passkeys', ManagedLoginVersion: 2 }))
    const WebAuthnConfiguration = { RelyingPartyId: host }
    await other.admin.send(new SetUserPoolMfaConfigCommand({ UserPoolId: other.poolId, MfaConfiguration: 'OFF', WebAuthnConfiguration }))
    const origin = server.url.replace('localhost', host)
    const { page, context } = await openBrowser()
    await signInWithPassword(page, 'ben', other, origin)
    // At the server's own address the browser would refuse it.
    await page.goto(`${server.url}/passkeys/add?${query(other)}`)
    expect(new URL(page.url()).hostname).toBe(host)
    await page.click('button:has-text("Add passkey")')
    await atShop(page)
    await context.clearCookies()
    await typeName(page, 'ben', other, origin)
    await page.click('button.choice:has-text("Passkey")')
    await atShop(page)
    expect(await claimsAt(page, other)).toMatchObject({ username: 'ben', amr: ['swk'] })
    await context.close()
  })
})
