import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningServer } from '../../src/app.ts'
import { rolePolicy } from '../../src/domain/operator-roles.ts'
import { type OpenConsole, openBrowser } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { type ServeForOperators, serveForOperators } from '../support/serve-for-operators.ts'
import { totpCode } from '../support/totp-code.ts'

const operatorPassword = 'joan walks nine otters'
const userPassword = 'Correct-Horse-7'
let served: ServeForOperators
let server: RunningServer
let browser: Pick<OpenConsole, 'open' | 'close'>
let pool = ''
let secret = ''

const post = async (path: string, body: object) => {
  const answer = await fetch(`${server.adminUrl}/console/${path}`, {
    method: 'POST',
    headers: { origin: server.adminUrl ?? '', 'x-poolhouse-console': '1', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { secret: string; sealed: string }
}

beforeAll(async () => {
  if (!hasBrowser) return
  served = await serveForOperators()
  server = served.server
  const { commands } = served
  const settings = {
    AllowedOAuthFlows: ['code' as const],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: ['openid'],
    CallbackURLs: ['https://app.example.org/back'],
    SupportedIdentityProviders: ['COGNITO'],
  }
  const users = [{ username: 'maria', password: userPassword }]
  const [made] = await commands.seed({ document: { pools: [{ name: 'Shop', clients: [{ name: 'web', settings }], users }] } })
  pool = made?.userPoolId ?? ''
  const { link } = await commands.createOperator({ name: 'joan', policy: rolePolicy('administrator') })
  const token = new URL(link).hash.slice(1)
  const begun = await post('set-up/begin', { token })
  secret = begun.secret
  // The code of now is left for the browser: each is good once.
  const code = totpCode(secret, Date.now() - 30_000)
  await post('set-up', { token, sealed: begun.sealed, password: operatorPassword, code })
  browser = await openBrowser(server.adminUrl ?? '')
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

describe.skipIf(!hasBrowser)(`the sign-in tester of a server with operators${browserNote}`, () => {
  it('gets its answer from login pages at another address, which know nothing of operators', async () => {
    const { page, faults, picture } = await browser.open(`user-pools/${pool}/sign-in-tester?flow=authorization_code`)
    await page.getByLabel('Name').fill('joan')
    await page.getByLabel('Password').fill(operatorPassword)
    await page.getByLabel('Code of your authenticator app').fill(totpCode(secret, Date.now()))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Add this page' }).click()
    await page.getByText('This page is among the app client’s callback URLs now.').waitFor()
    await page.getByRole('button', { name: 'Add this page' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const link = page.getByRole('link', { name: 'Open the login page' })
    expect(await link.getAttribute('href')).toContain(`${server.url}/oauth2/authorize?`)
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()])
    tab.setDefaultTimeout(8000)
    await tab.fill('input[name=username]', 'maria')
    await tab.locator('[name=signInSubmitButton]').click()
    await tab.locator('input[name=password]').fill(userPassword)
    await tab.locator('[name=signInSubmitButton]').click()
    await tab.getByText('Handed over').waitFor()
    await page.getByText('Signed in', { exact: true }).waitFor()
    await page.getByText('Signature valid').nth(1).waitFor()
    await page.setViewportSize({ width: 400, height: 900 })
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await picture('tester-serve')
    expect(faults).toEqual([])
    await page.close()
  }, 60_000)
})
