import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

const users = Array.from({ length: 45 }, (_, at) => ({
  username: `user-${String(at).padStart(3, '0')}`,
  password: 'Correct-Horse-7',
  attributes: { email: `person${at}@example.org`, email_verified: 'true' },
}))

let opened: OpenConsole
let pool = ''

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({
    pools: [
      {
        name: 'Shop',
        settings: { AutoVerifiedAttributes: ['email'] },
        clients: [{ name: 'web' }, { name: 'backend', secret: 'keptSecretOfTheBackend0123456789' }],
        users: [
          { username: 'w'.repeat(128), password: 'Correct-Horse-7' },
          ...users,
          { username: 'up/../%2e', password: 'Correct-Horse-7', attributes: { name: '<b>Ada</b>' } },
        ],
      },
    ],
  })
  pool = opened.pools[0]?.userPoolId ?? ''
})
afterAll(() => opened?.close())

describe.skipIf(!hasBrowser)(`the console${browserNote}`, () => {
  it('leads from the pools to a user, without a barrier or a broken rule on the way', async () => {
    const { page, faults, barriers, picture } = await opened.open('')
    expect(new URL(page.url()).pathname).toBe('/console/user-pools')
    await page.getByRole('link', { name: 'Shop' }).click()
    await page.getByRole('heading', { level: 1, name: 'Shop' }).waitFor()
    await page.getByText(pool).first().waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await page.getByRole('row').nth(20).waitFor()
    expect(await page.getByRole('row').count()).toBe(21)
    expect(await barriers()).toEqual([])
    await picture('users')
    // The API's order is its own.
    const link = page.getByRole('row').nth(1).getByRole('link')
    const name = (await link.textContent()) ?? ''
    await link.click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.getByText('sub', { exact: true }).waitFor()
    expect(await page.title()).toBe(`${name} - Poolhouse`)
    expect(await barriers()).toEqual([])
    await picture('user')
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('walks through pages of users, and finds one by the beginning of any name, in an address that can be passed on', async () => {
    const { page, go, faults } = await opened.open(`user-pools/${pool}/users`)
    const names = async () => page.getByRole('row').getByRole('link').allInnerTexts()
    await page.getByRole('row').nth(20).waitFor()
    const seen = await names()
    await page.getByText('(20 of about 47)').waitFor()
    for (const left of [20, 7]) {
      await page.getByRole('button', { name: 'Next page' }).click()
      await page.getByRole('link', { name: seen.at(-1) ?? '', exact: true }).waitFor({ state: 'detached' })
      await page.getByRole('row').nth(left).waitFor()
      seen.push(...(await names()))
    }
    expect(new Set(seen).size).toBe(47)
    // The page stays through a reload and the way back, and so does the order.
    const last = await names()
    expect(new URL(page.url()).searchParams.get('page')).toBe('3')
    await page.reload()
    await page.getByRole('row').nth(7).waitFor()
    expect(await names()).toEqual(last)
    expect(await page.getByText('Sorted within this page.').count()).toBe(0)
    await page.getByRole('button', { name: 'User name' }).press('Enter')
    await page.getByText('Sorted within this page.').waitFor()
    expect(await names()).toEqual([...last].sort())
    await page.getByRole('row').nth(1).getByRole('link').click()
    await page.getByText('sub', { exact: true }).waitFor()
    await page.goBack()
    await page.getByRole('row').nth(7).waitFor()
    expect(await names()).toEqual([...last].sort())
    expect(new URL(page.url()).search).toBe('?page=3&sort=username')
    expect(await page.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true)
    const search = page.getByRole('combobox', { name: 'Find users' })
    await search.fill('person31@')
    await search.press('Enter')
    await page.getByRole('link', { name: 'user-031' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    expect(new URL(page.url()).searchParams.has('page')).toBe(false)
    const address = page.url()
    await go('user-pools')
    await page.goto(address)
    await page.getByRole('link', { name: 'user-031' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    await search.fill('nobody at all')
    await search.press('Enter')
    await page.getByText('Nothing found').waitFor()
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await page.getByRole('row').nth(20).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('keeps the other columns in sight beside the longest user name', async () => {
    const { page, go, faults, picture } = await opened.open(`user-pools/${pool}/users?find=www`)
    const cells = page.getByRole('row').nth(1)
    await cells.getByRole('link').waitFor()
    expect((await cells.boundingBox())?.width).toBeLessThan(1200)
    await picture('long-user-name')
    await go(`user-pools/${pool}/users/${'w'.repeat(128)}`)
    await page.getByText('sub', { exact: true }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await picture('long-user')
    expect(faults).toEqual([])
    await page.close()
  })

  it('opens users whose names look like paths, and shows what they wrote as text', async () => {
    const { page, faults } = await opened.open(`user-pools/${pool}/users`)
    const search = page.getByRole('combobox', { name: 'Find users' })
    await search.fill('up/')
    await search.press('Enter')
    await page.getByRole('link', { name: 'up/../%2e' }).click()
    await page.getByRole('heading', { level: 1, name: 'up/../%2e' }).waitFor()
    await page.reload()
    await page.getByText('<b>Ada</b>').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('disables, enables and deletes a user, the last only when the name was typed', async () => {
    const { page, barriers, faults } = await opened.open(`user-pools/${pool}/users/user-044`)
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'Actions' }).click()
      await page.getByRole('menuitem', { name }).click()
    }
    const dialog = page.getByRole('dialog')
    await choose('Disable user')
    expect(await barriers()).toEqual([])
    await dialog.getByRole('button', { name: 'Disable' }).click()
    await page.getByText('The user was disabled.').waitFor()
    await page.getByText('Disabled', { exact: true }).waitFor()
    await choose('Enable user')
    await dialog.getByRole('button', { name: 'Enable' }).click()
    await page.getByText('Enabled', { exact: true }).waitFor()
    await choose('Delete user')
    const confirm = dialog.getByRole('button', { name: 'Delete' })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('user-04')
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('user-044')
    await confirm.click()
    await page.getByText('The user user-044 was deleted.').waitFor()
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('shows a secret only when it is asked for', async () => {
    const { page, barriers, faults } = await opened.open(`user-pools/${pool}/app-clients`)
    await page.getByRole('link', { name: 'backend' }).click()
    await page.getByRole('button', { name: 'Show client secret' }).waitFor()
    expect(await page.content()).not.toContain('keptSecretOfTheBackend')
    expect(await barriers()).toEqual([])
    await page.getByRole('button', { name: 'Show client secret' }).click()
    await page.getByText('keptSecretOfTheBackend0123456789').waitFor()
    await page.getByRole('button', { name: 'Hide client secret' }).click()
    await page.getByText('keptSecretOfTheBackend0123456789').waitFor({ state: 'detached' })
    expect(faults).toEqual([])
    await page.close()
  })

  it('says in the API’s words what an address lacks', async () => {
    const { page } = await opened.open(`user-pools/${pool}/users/nobody`)
    await page.getByText('UserNotFoundException').waitFor()
    await page.getByText('User does not exist.').waitFor()
    expect(await page.getByRole('button', { name: 'Actions' }).count()).toBe(0)
    // Nothing of a pool leads anywhere where there is none.
    for (const missing of ['us-east-1_AAAAAAAAA/users', '%3Cscript%3E/settings']) {
      const asked: string[] = []
      page.on('request', (request) => void asked.push(request.headers()['x-poolhouse-region'] ?? ''))
      await page.goto(`${opened.server.url}/console/user-pools/${missing}`)
      await page.getByRole('heading', { name: 'There is no such user pool' }).waitFor()
      await page.getByText(/User pool (?:us-east-1_AAAAAAAAA|<script>) does not exist\./).waitFor()
      expect(await page.getByRole('link', { name: 'Users', exact: true }).count()).toBe(0)
      expect(await page.getByRole('link', { name: 'Create user' }).count()).toBe(0)
      expect(asked.filter((region) => region.includes('script'))).toEqual([])
      page.removeAllListeners('request')
    }
    await page.goto(`${opened.server.url}/console/no/such/page`)
    await page.getByText('There is no such page').waitFor()
    await page.close()
  })
})
