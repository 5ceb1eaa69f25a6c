import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyFlow, type MadePool } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser, type SeenPage } from './support/page-browser.ts'
import { authorizeQuery, makePagePool } from './support/page-pool.ts'
import { isGranted, typePassword } from './support/page-steps.ts'
import { registerClient } from './support/registered-client.ts'

const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'WEB_AUTHN' as const] } }
const address = 'https://shop.example:8443/cb'

let server: OAuthServer
let made: MadePool

beforeAll(async () => {
  server = await startOAuth()
  made = await makePagePool(
    server.harness,
    { Policies, DcrConfiguration: { OpenDcrEnabled: true } },
    { ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_USER_AUTH'] },
  )
  await makeUser(server.harness, made.UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
})
afterAll(() => server.stop())

const register = (name: string, uri = address) => registerClient(server, made, { client_name: name, redirect_uris: [uri] })
const queryOf = (client: MadePool, redirect_uri = address) => authorizeQuery(client, { redirect_uri, scope: undefined })
const plain = ({ html }: SeenPage) => html.replaceAll(/<[^>]*>/g, '')
const sentence = (name: string, host: string) =>
  `The application ${name} at ${host} registered itself here and wants to sign you in. Nobody here has checked it: go on only if you know it.`

describe('an application that registered itself', () => {
  it('is named on every page that leads to it, with the host that it leads to', async () => {
    const shop = await register('Shop')
    const browser = openBrowser(server.url)
    const pages: SeenPage[] = []
    for (const name of ['login', 'signup', 'confirm', 'resendcode', 'forgotPassword', 'confirmforgotPassword']) {
      pages.push(await browser.get(`/${name}?${queryOf(shop)}`))
    }
    const [login] = pages as [SeenPage]
    pages.push(await browser.submit(login, { username: 'ana' }), await browser.submit(login, { username: '' }))
    expect(isGranted(await typePassword(browser, made, 'ana'))).toBe(true)
    const picker = await browser.follow(await browser.get(`/oauth2/authorize?${queryOf(shop)}`))
    expect(picker.heading).toBe('Choose an account')
    pages.push(picker, await browser.get(`/passkeys/add?${queryOf(shop)}`))
    for (const page of pages) {
      expect([page.path, page.status]).toEqual([page.path, 200])
      expect(plain(page), page.path).toContain(sentence('Shop', 'shop.example:8443'))
    }
    expect((await browser.submit(picker, { continue: 'yes' })).location).toContain(`${address}?code=`)
  })

  it('is named in the language of the page', async () => {
    const shop = await register('Shop')
    const page = await openBrowser(server.url).get(`/login?${queryOf(shop)}&lang=de`)
    expect(plain(page)).toContain('Die Anwendung Shop unter shop.example:8443 hat sich hier selbst registriert')
  })

  it.each([
    ['<b>Bank</b>"', address, 'b Bank b', 'shop.example:8443'],
    ['App', 'com.example.app://bank.example/cb', 'App', 'com.example.app:'],
    ['Local', 'http://localhost:3000/cb', 'Local', 'localhost:3000'],
    ['x at bank.example, which', 'https://evil.example/bank.example', 'x at bank.example, which', 'evil.example'],
  ])('puts nothing of its own into the page: %s at %s', async (name, uri, shownName, host) => {
    const page = await openBrowser(server.url).get(`/login?${queryOf(await register(name, uri), uri)}`)
    expect(page.html).toContain(`<bdi class="value">${shownName}</bdi> at <bdi class="value">${host}</bdi>`)
  })

  it('is the only one of which pages say so', async () => {
    const page = await openBrowser(server.url).get(`/login?${authorizeQuery(made)}`)
    expect(page.html).not.toContain('registered itself')
    expect((await openBrowser(server.url).submit(page, { username: 'ana', password })).html).not.toContain('registered itself')
  })
})
