import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { type ConsolePage, type OpenConsole, openBrowser } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { type RestartableServer, startRestartable } from '../support/restartable-server.ts'

let server: RestartableServer
let browser: Pick<OpenConsole, 'open' | 'close'>
const pools = { shop: '', other: '' }
let foreignClient = ''

beforeAll(async () => {
  if (!hasBrowser) return
  server = await startRestartable()
  browser = await openBrowser(server.url)
  for (const name of ['shop', 'other'] as const) {
    const { UserPool } = await callApi(server.url, 'CreateUserPool', { PoolName: name })
    pools[name] = UserPool.Id
  }
  const { UserPoolClient } = await callApi(server.url, 'CreateUserPoolClient', {
    UserPoolId: pools.other,
    ClientName: 'of the other pool',
    GenerateSecret: true,
  })
  foreignClient = UserPoolClient.ClientId
  await callApi(server.url, 'CreateGroup', { UserPoolId: pools.other, GroupName: 'others' })
  for (const Username of ['foreign', 'gone']) await addUser(pools.other, Username)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const addUser = (UserPoolId: string, Username: string) =>
  callApi(server.url, 'AdminCreateUser', {
    UserPoolId,
    Username,
    MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: `${Username}@example.org` }],
  })

/** Beside lost connections, which are what the tests are about. */
const strange = ({ faults }: ConsolePage) => faults.filter((text) => !/ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE/.test(text))

describe.skipIf(!hasBrowser)(`addresses of the console that name what they should not${browserNote}`, () => {
  it('show nothing of another pool', async () => {
    const opening = await browser.open('user-pools')
    const { page, go } = opening
    for (const [path, refusal] of [
      [`app-clients/${foreignClient}`, 'ResourceNotFoundException'],
      ['users/foreign', 'UserNotFoundException'],
      ['users/foreign?tab=groups', 'UserNotFoundException'],
      ['users/foreign/edit', 'UserNotFoundException'],
    ] as const) {
      await go(`user-pools/${pools.shop}/${path}`)
      await page.getByText(refusal).first().waitFor()
      const text = await page.locator('main').textContent()
      expect(text).not.toMatch(/of the other pool|foreign@example\.org/)
    }
    expect(strange(opening)).toEqual([])
    await page.close()
  })

  it('that are no pools, of other regions or markup, are none', async () => {
    const opening = await browser.open('user-pools')
    const { page, go } = opening
    for (const id of ['us-east-1_AAAAAAAAA', 'eu-west-9_AAAAAAAAA', 'nonsense', '<img src=x onerror=alert(1)>', 'x'.repeat(3000)]) {
      await go(`user-pools/${encodeURIComponent(id)}/users`)
      await page.getByRole('heading', { name: 'There is no such user pool' }).waitFor()
      await page.getByText(`User pool ${id} does not exist.`, { exact: true }).waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      expect(await page.getByRole('link', { name: 'Users', exact: true }).count()).toBe(0)
    }
    await opening.picture('no-such-pool')
    expect(await page.locator('img').count()).toBe(0)
    for (const path of [`user-pools/${pools.shop}/nothing`, 'user-pools/%E0%A4%A/users']) {
      await go(path)
      await page.getByText('There is no such page').waitFor()
    }
    expect(strange(opening)).toEqual([])
    await page.close()
  })

  it('with a search or a tab that does not exist say so, or show the first', async () => {
    const opening = await browser.open(`user-pools/${pools.other}/users?find=${encodeURIComponent('shoe = "1"')}`)
    const { page, go } = opening
    await page.getByText('Invalid search attribute: shoe').waitFor()
    await go(`user-pools/${pools.other}/users/foreign?tab=nonsense`)
    await page.getByRole('tab', { name: 'Attributes', selected: true }).waitFor()
    await page.getByText('foreign@example.org').waitFor()
    expect(strange(opening)).toEqual([])
    await page.close()
  })
})

describe.skipIf(!hasBrowser)(`what is gone while the console shows it${browserNote}`, () => {
  it('is refused in the API’s words, and what was typed about it stays', async () => {
    const opening = await browser.open(`user-pools/${pools.other}/users/gone/edit`)
    const { page, go } = opening
    const address = page.getByRole('textbox', { name: /^email/ })
    await address.fill('typed@example.org')
    await callApi(server.url, 'AdminDeleteUser', { UserPoolId: pools.other, Username: 'gone' })
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('UserNotFoundException').waitFor()
    expect(await address.inputValue()).toBe('typed@example.org')
    page.on('dialog', (dialog) => void dialog.accept())
    await go(`user-pools/${pools.other}/users/gone`)
    await page.getByText('User does not exist.').waitFor()
    expect(strange(opening)).toEqual([])
    await page.close()
  })

  it('or ends the session in the middle of a form: the form goes on where it was', async () => {
    const opening = await browser.open(`user-pools/${pools.shop}/users/create`)
    const { page } = opening
    const name = page.getByRole('textbox', { name: 'User name' })
    await name.fill('patient')
    let refused = 0
    await page.route('**/console/api', (route) => {
      refused += 1
      return route.fulfill({
        status: 400,
        json: { __type: 'MissingAuthenticationTokenException', message: 'Sign in to the console first.' },
      })
    })
    const submit = page.getByRole('button', { name: 'Create user', exact: true })
    await submit.click()
    await page.getByText('Sign in to the console first.').waitFor()
    expect([await name.inputValue(), refused]).toEqual(['patient', 1])
    await page.unrouteAll()
    await submit.click()
    await page.getByText('The user patient was created.').waitFor()
    expect(strange(opening)).toEqual([])
    await page.close()
  })
})

describe.skipIf(!hasBrowser)(`a server that dies under an open console${browserNote}`, () => {
  it('loses nothing that was typed, and the same button works once it is back', async () => {
    const opening = await browser.open(`user-pools/${pools.shop}/users`)
    const { page } = opening
    await page.getByText('patient').waitFor()
    await page.getByRole('link', { name: 'Create user' }).first().click()
    const name = page.getByRole('textbox', { name: 'User name' })
    await name.fill('survivor')
    await server.kill()
    const submit = page.getByRole('button', { name: 'Create user', exact: true })
    await submit.click()
    await page.getByText('Nothing that you typed is lost: try again').waitFor()
    await page.getByText('The server does not answer', { exact: true }).waitFor()
    expect(await name.inputValue()).toBe('survivor')
    await server.start()
    await page.getByText('The server does not answer', { exact: true }).waitFor({ state: 'detached' })
    await submit.click()
    await page.getByText('The user survivor was created.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await page.getByRole('heading', { level: 1, name: 'survivor' }).waitFor()
    expect(strange(opening)).toEqual([])
    await page.close()
  })

  it('brings pages back that could not be loaded, also one whose file was never loaded before', async () => {
    const opening = await browser.open(`user-pools/${pools.shop}/users`)
    const { page } = opening
    await page.getByRole('link', { name: 'patient' }).waitFor()
    await server.kill()
    await page.getByRole('link', { name: 'patient' }).click()
    await page.getByText('The server does not answer', { exact: true }).waitFor()
    await server.start()
    await page.getByRole('heading', { level: 1, name: 'patient' }).waitFor()
    await page.getByText('User information').waitFor()
    expect(strange(opening)).toEqual([])
    await page.close()
  })
})
