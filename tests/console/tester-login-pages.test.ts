import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

const password = 'Correct-Horse-7'
const back = 'https://app.example.org/back'
const secret = 'keptSecretOfTheServerClient0123456789'
let opened: OpenConsole
let pool = ''
const clients: Record<string, string> = {}

const pages = (name: string, more: object = {}) => ({
  name,
  ...more,
  settings: {
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    AllowedOAuthFlows: ['code', 'implicit'] as ['code', 'implicit'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: ['openid', 'email'],
    CallbackURLs: [back],
    SupportedIdentityProviders: ['COGNITO'],
  },
})

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({
    pools: [
      {
        name: 'Shop',
        settings: { AutoVerifiedAttributes: ['email'] },
        clients: [pages('web'), pages('server', { secret }), pages('elsewhere')],
        users: [{ username: 'ada', password, attributes: { email: 'ada@example.org', email_verified: 'true' } }],
      },
    ],
  })
  pool = opened.pools[0]?.userPoolId ?? ''
  for (const { name, clientId } of opened.pools[0]?.clients ?? []) clients[name] = clientId
})
afterAll(() => opened?.close())

const tester = () => `user-pools/${pool}/sign-in-tester`
const open = (client: string, flow: string) => opened.open(`${tester()}?flow=${flow}&client=${clients[client]}`)
const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click()
const link = (page: Page) => page.getByRole('link', { name: 'Open the login page' })
const addThisPage = async (page: Page) => {
  await page.getByRole('button', { name: 'Add this page' }).click()
  await page.getByText('This page is among the app client’s callback URLs now.').waitFor()
  await page.getByRole('button', { name: 'Add this page' }).waitFor({ state: 'detached' })
}
/** Opens the login pages in a tab of their own, as somebody who clicks does. */
const openLogin = async (page: Page): Promise<Page> => {
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link(page).click()])
  tab.setDefaultTimeout(8000)
  return tab
}
const signIn = async (tab: Page) => {
  await tab.fill('input[name=username]', 'ada')
  await tab.locator('[name=signInSubmitButton]').click()
  await tab.locator('input[name=password]').fill(password)
  await tab.locator('[name=signInSubmitButton]').click()
}
const signedIn = async (page: Page, tokens: readonly string[]) => {
  await page.getByText('Signed in', { exact: true }).waitFor()
  for (const what of tokens) await page.getByRole('heading', { name: what }).waitFor()
  await page.getByText('Signature valid').nth(1).waitFor()
}
const step = async (page: Page, name: string, tab: string) => {
  await page.getByRole('button', { name }).click()
  const tabs = page.getByRole('tablist', { name: `Step ${name.split('.')[0]}` })
  await tabs.getByRole('tab', { name: tab }).click()
}

describe.skipIf(!hasBrowser)(`the sign-in tester and the login pages${browserNote}`, () => {
  it('get a code with PKCE that comes back by itself, and tokens for it', async () => {
    const { page, faults, barriers, picture } = await open('web', 'authorization_code')
    await page.getByRole('button', { name: 'Add this page' }).waitFor()
    expect(await barriers()).toEqual([])
    await picture('tester-callback')
    await addThisPage(page)
    await run(page)
    await link(page).waitFor()
    expect(await barriers()).toEqual([])
    await picture('tester-away')
    const tab = await openLogin(page)
    await signIn(tab)
    await tab.getByText('Handed over').waitFor()
    expect(new URL(tab.url()).search + new URL(tab.url()).hash).toBe('')
    await tab.screenshot({ path: 'test-results/console/tester-handed-over.png' })
    await signedIn(page, ['ID token', 'Access token', 'Refresh token'])
    await picture('tester-code')
    await step(page, '1. Sign in on the login pages: /oauth2/authorize', 'Request')
    await page.getByText('code_challenge_method=S256').waitFor()
    await step(page, '2. Exchange the code: /oauth2/token', 'curl')
    await page.getByText("--data-urlencode 'code_verifier=").waitFor()
    expect(await barriers()).toEqual([])
    // The browser is signed in on the pages now: nobody is asked, unless the request wants that.
    await run(page)
    await (await openLogin(page)).getByText('Handed over').waitFor()
    await signedIn(page, ['ID token'])
    await page.getByRole('checkbox', { name: /prompt=login/ }).check()
    await run(page)
    const asked = await openLogin(page)
    await asked.locator('input[name=username]').waitFor()
    await page.getByRole('button', { name: 'Use this refresh token' }).waitFor({ state: 'detached' })
    expect(faults).toEqual([])
    await page.close()
  }, 90_000)

  it('get a code for an app client with a secret, and refresh at the token endpoint', async () => {
    const { page, faults } = await open('server', 'authorization_code')
    await addThisPage(page)
    await page.getByLabel('Client secret').fill('anotherSecretThatTheClientDoesNotHave')
    await run(page)
    await signIn(await openLogin(page))
    await page.getByText('Refused by: The app client.').waitFor()
    await page.getByLabel('Client secret').fill('')
    await run(page)
    await openLogin(page)
    await signedIn(page, ['Refresh token'])
    await page.getByRole('button', { name: 'Use this refresh token' }).click()
    await page.getByRole('button', { name: /^Flow/ }).click()
    await page.getByRole('option', { name: 'Refresh at the token endpoint (OAuth 2.0)' }).click()
    await run(page)
    await page.getByRole('button', { name: '1. Refresh: /oauth2/token' }).waitFor()
    await signedIn(page, ['ID token', 'Access token'])
    expect(await page.locator('body').textContent()).not.toContain(secret)
    expect(faults).toEqual([])
    await page.close()
  }, 90_000)

  it('get tokens in the address, which shows them to nobody', async () => {
    const { page, faults } = await open('web', 'implicit')
    await run(page)
    const tab = await openLogin(page)
    await signIn(tab)
    await tab.getByText('Handed over').waitFor()
    expect(tab.url()).not.toContain('token=')
    await signedIn(page, ['ID token', 'Access token'])
    await page.getByText('1 request; the tokens are below.').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('end elsewhere: then the address is pasted, and one of another sign-in is refused', async () => {
    const { page, faults, barriers, picture } = await open('elsewhere', 'authorization_code')
    await page.context().route(`${back}**`, (route) => route.fulfill({ body: 'The application' }))
    await run(page)
    const tab = await openLogin(page)
    await signIn(tab)
    await tab.waitForURL((url) => url.href.startsWith(back))
    const field = page.getByLabel('Address or code')
    await field.fill('nothing in here')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('That has no code, no token and no error in it.').waitFor()
    expect(await barriers()).toEqual([])
    await picture('tester-paste')
    await field.fill(tab.url())
    await page.getByRole('button', { name: 'Go on' }).click()
    await signedIn(page, ['Refresh token'])
    await run(page)
    await field.fill(tab.url())
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('Refused by: The state.').waitFor()
    await run(page)
    await field.fill(new URL(tab.url()).searchParams.get('code') ?? '')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('Refused by: The grant.').waitFor()
    expect(faults).toEqual([])
    await page.close()
  }, 90_000)

  it('say no, or come back when nobody waits any more', async () => {
    const { page, go, faults, barriers, picture } = await open('web', 'authorization_code')
    await run(page)
    const state = new URL((await link(page).getAttribute('href')) ?? '').searchParams.get('state') ?? ''
    const other = await page.context().newPage()
    await other.goto(`${opened.server.url}/console/${tester()}?error=access_denied&error_description=The+user+said+no&state=${state}`)
    await other.getByText('Handed over').waitFor()
    await page.getByText('The user said no').waitFor()
    await page.getByText('Refused by: The login pages.').waitFor()
    await go(`${tester()}?code=stray&state=of-nobody`)
    await page.getByText('No tab waits for this answer').waitFor()
    expect(page.url()).not.toContain('stray')
    expect(await barriers()).toEqual([])
    await picture('tester-stray')
    await page.getByRole('button', { name: 'Begin a sign-in' }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })
})
