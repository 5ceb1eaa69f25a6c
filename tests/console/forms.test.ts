import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUserFault, newUserInput, noUser } from '../../console/src/api/new-user.ts'
import { type ConsolePage, type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

let opened: OpenConsole
let pool = ''
let mailPool = ''

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({ pools: [{ name: 'Shop' }, { name: 'By mail', settings: { UsernameAttributes: ['email'] } }] })
  ;[pool = '', mailPool = ''] = opened.pools.map(({ userPoolId }) => userPoolId)
})
afterAll(() => opened?.close())

const nameField = ({ page }: ConsolePage) => page.getByRole('textbox', { name: 'User name' })
const submit = ({ page }: ConsolePage) => page.getByRole('button', { name: 'Create user', exact: true })

describe('a new user', () => {
  it.each([
    [{}, [], 'username', 'The user needs a name.'],
    [{ username: 'ada' }, [], undefined, undefined],
    [{ username: 'ada' }, ['email'], 'email', 'The user needs an address to sign in with.'],
    [{ phone: '+491' }, ['email', 'phone_number'], undefined, undefined],
    [{ username: 'ada', invitation: 'EMAIL' }, [], 'email', 'The invitation needs an email address.'],
    [{ username: 'ada', invitation: 'SMS', email: 'ada@example.org' }, [], 'phone', 'The invitation needs a phone number.'],
    [{ username: 'ada', password: 'set' }, [], 'temporaryPassword', 'Enter the temporary password, or let one be generated.'],
  ] as const)('%o in a pool named by %o: %s', (typed, namedBy, field, says) => {
    expect(newUserFault({ ...noUser, ...typed }, namedBy)).toEqual(field && { field, says })
  })

  it('is made with what was typed, and what the API would do by itself is said', () => {
    expect(newUserInput('p', { ...noUser, username: 'ada' }, [])).toEqual({
      UserPoolId: 'p',
      Username: 'ada',
      UserAttributes: [],
      MessageAction: 'SUPPRESS',
    })
    const typed = {
      email: 'ada@example.org',
      emailVerified: true,
      phone: '+491',
      invitation: 'EMAIL',
      password: 'set',
      temporaryPassword: 'Pw-1',
    } as const
    expect(newUserInput('p', { ...noUser, ...typed }, ['email', 'phone_number'])).toEqual({
      UserPoolId: 'p',
      Username: 'ada@example.org',
      UserAttributes: [
        { Name: 'email', Value: 'ada@example.org' },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'phone_number', Value: '+491' },
        { Name: 'phone_number_verified', Value: 'false' },
      ],
      TemporaryPassword: 'Pw-1',
      DesiredDeliveryMediums: ['EMAIL'],
    })
  })
})

describe.skipIf(!hasBrowser)(`forms of the console${browserNote}`, () => {
  it('make a user, and say in the API’s words why not', async () => {
    const opening = await opened.open(`user-pools/${pool}/users`)
    const { page, barriers, faults } = opening
    await page.getByText('No users').waitFor()
    await page.getByRole('link', { name: 'Create user' }).first().click()
    await nameField(opening).waitFor()
    expect(await barriers()).toEqual([])
    await submit(opening).click()
    await page.getByText('The user needs a name.', { exact: true }).waitFor()
    await nameField(opening).and(page.locator(':focus')).waitFor()
    await nameField(opening).fill('ada')
    await page.getByText('Set a password').click()
    const password = page.getByLabel('Password', { exact: true })
    await password.fill('short')
    await submit(opening).click()
    await page.getByText('InvalidPasswordException').waitFor()
    expect([await nameField(opening).inputValue(), await password.inputValue()]).toEqual(['ada', 'short'])
    expect(await barriers()).toEqual([])
    await password.fill('Long-Enough-7')
    await submit(opening).click()
    await page.getByText('The user ada was created.').waitFor()
    await page.getByRole('link', { name: 'ada' }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('ask for an address where that is the name', async () => {
    const opening = await opened.open(`user-pools/${mailPool}/users/create`)
    const { page } = opening
    await page.getByRole('textbox', { name: 'Email address', exact: true }).fill('ada@example.org')
    expect(await nameField(opening).count()).toBe(0)
    await submit(opening).click()
    await page.getByText('The user ada@example.org was created.').waitFor()
    // The password is shown once, to be copied, and the user's own page follows.
    const dialog = page.getByRole('dialog', { name: 'Temporary password' })
    await dialog.getByRole('button', { name: 'Copy Temporary password' }).waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('heading', { name: 'User information' }).waitFor()
    await page.close()
  })

  it('lose nothing when the page is loaded again, but keep no password', async () => {
    const opening = await opened.open(`user-pools/${pool}/users/create`)
    const { page } = opening
    await nameField(opening).fill('grace')
    await page.getByText('Set a password').click()
    await page.getByLabel('Password', { exact: true }).fill('Secret-Word-7')
    expect(await page.evaluate('JSON.stringify([sessionStorage, localStorage])')).not.toContain('Secret-Word-7')
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await nameField(opening).waitFor()
    expect(await nameField(opening).inputValue()).toBe('grace')
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
    await page.close()
  })

  it('ask before somebody leaves what is not saved, by a link and by the back button', async () => {
    const opening = await opened.open(`user-pools/${pool}/users`)
    const { page } = opening
    await page.getByRole('link', { name: 'Create user' }).first().click()
    await nameField(opening).fill('hopper')
    const dialog = page.getByRole('dialog', { name: 'Leave the page?' })
    await page.getByRole('link', { name: 'App clients' }).click()
    await dialog.getByRole('button', { name: 'Stay' }).click()
    expect(await nameField(opening).inputValue()).toBe('hopper')
    await page.evaluate('history.back()')
    await dialog.getByRole('button', { name: 'Stay' }).click()
    expect(page.url()).toContain('/users/create')
    expect(await nameField(opening).inputValue()).toBe('hopper')
    await page.evaluate('history.back()')
    await dialog.getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    await page.close()
  })

  it('go one page back after the page was loaded again', async () => {
    const opening = await opened.open(`user-pools/${pool}/app-clients`)
    const { page } = opening
    await page.getByRole('link', { name: 'Groups' }).first().click()
    await page.waitForURL(/groups$/)
    await page.getByRole('link', { name: 'Users', exact: true }).first().click()
    await page.waitForURL(/users$/)
    await page.getByRole('link', { name: 'Create user' }).first().click()
    await nameField(opening).fill('backer')
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await nameField(opening).waitFor()
    expect(await nameField(opening).inputValue()).toBe('backer')
    await page.evaluate('history.back()')
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
    await page.waitForURL(/users$/)
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    await page.close()
  })

  it('stay as they are while the server is away, and go on where they were', async () => {
    const opening = await opened.open(`user-pools/${pool}/users/create`)
    const { page } = opening
    await nameField(opening).fill('lovelace')
    const cut = (pattern: string) => page.route(pattern, (route) => route.abort('connectionrefused'))
    await cut('**/console/api')
    await cut('**/console/session')
    await submit(opening).click()
    await page.getByText('The server does not answer', { exact: true }).waitFor()
    await page.getByText('Nothing that you typed is lost: try again').waitFor()
    expect(await nameField(opening).inputValue()).toBe('lovelace')
    await page.unrouteAll()
    await page.getByText('The server does not answer', { exact: true }).waitFor({ state: 'detached' })
    await submit(opening).click()
    await page.getByText('The user lovelace was created.').waitFor()
    await page.close()
  })

  it('lists come back by themselves when the server does', async () => {
    const { page, go } = await opened.open('user-pools')
    await page.route('**/console/api', (route) => route.abort('connectionrefused'))
    await page.getByRole('button', { name: 'Refresh User pools' }).click()
    await page.getByText('ServerUnreachable').waitFor()
    await page.unrouteAll()
    await page.getByText('ServerUnreachable').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Shop' }).waitFor()
    await go(`user-pools/${pool}`)
    await page.close()
  })
})
