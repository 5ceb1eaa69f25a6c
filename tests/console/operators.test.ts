import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningServer } from '../../src/app.ts'
import { rolePolicy } from '../../src/domain/operator-roles.ts'
import type { Commands } from '../../src/server/commands.ts'
import { type ConsolePage, type OpenConsole, openBrowser, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { type ServeForOperators, serveForOperators } from '../support/serve-for-operators.ts'
import { testImages } from '../support/test-images.ts'
import { totpCode } from '../support/totp-code.ts'

/** Somebody who has set up. */
interface Person {
  readonly name: string
  readonly password: string
  readonly secret: string
  /** Time steps whose code was used: each is good once. */
  readonly used: Set<number>
}

const passwordOf = (name: string) => `${name} walks nine otters`
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

let served: ServeForOperators
let server: RunningServer
let commands: Commands
let browser: Pick<OpenConsole, 'open' | 'close'>
let pool = ''
let client = ''
let machine = ''

beforeAll(async () => {
  if (!hasBrowser) return
  served = await serveForOperators()
  server = served.server
  commands = served.commands
  const settings = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const] }
  const ofMachine = { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['client_credentials' as const], GenerateSecret: true }
  const [made] = await commands.seed({
    document: {
      pools: [
        {
          name: 'Shop',
          domains: [{ Domain: 'shop' }],
          resourceServers: [{ Identifier: 'orders', Name: 'orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'read' }] }],
          clients: [
            { name: 'web', settings },
            { name: 'batch', settings: { ...ofMachine, AllowedOAuthScopes: ['orders/read'] } },
          ],
          users: [{ username: 'maria', password: 'Correct-Horse-7' }],
        },
      ],
    },
  })
  pool = made?.userPoolId ?? ''
  client = made?.clients[0]?.clientId ?? ''
  machine = made?.clients[1]?.clientId ?? ''
  browser = await openBrowser(server.adminUrl ?? '')
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** A code that was not used yet: of this time step, the next, or the one before while there is time to type it; then it waits. */
const codeOf = async ({ secret, used }: Person): Promise<string> => {
  for (;;) {
    const now = Math.floor(Date.now() / 30_000)
    const early = Date.now() % 30_000 < 15_000
    const step = [now, now + 1, ...(early ? [now - 1] : [])].find((one) => !used.has(one))
    if (step !== undefined) {
      used.add(step)
      return totpCode(secret, step * 30_000)
    }
    await wait(500)
  }
}

/** Asks an endpoint as the console's page does. */
const post = (path: string, body: object) =>
  fetch(`${server.adminUrl}/console/${path}`, {
    method: 'POST',
    headers: { origin: server.adminUrl ?? '', 'x-poolhouse-console': '1', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const tokenOf = (link: string) => new URL(link).hash.slice(1)

/** Somebody who set up without a browser. */
const person = async (name: string, policy: unknown): Promise<Person> => {
  const { link } = await commands.createOperator({ name, policy })
  const { secret, sealed } = (await (await post('set-up/begin', { token: tokenOf(link) })).json()) as { secret: string; sealed: string }
  const made = { name, password: passwordOf(name), secret, used: new Set<number>() }
  const answer = await post('set-up', { token: tokenOf(link), sealed, password: made.password, code: await codeOf(made) })
  expect(answer.status).toBe(200)
  return made
}

const administrator = rolePolicy('administrator')

const fill = async (page: Page, { name, password }: Pick<Person, 'name' | 'password'>, code: string) => {
  const form = page.locator('form', { has: page.getByLabel('Code of your authenticator app') })
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('Password').fill(password)
  await form.getByLabel('Code of your authenticator app').fill(code)
}

const signIn = async (page: Page, who: Person) => {
  await fill(page, who, await codeOf(who))
  await page.keyboard.press('Enter')
}

const openAs = async (who: Person, path: string): Promise<ConsolePage> => {
  const opening = await browser.open(path)
  await signIn(opening.page, who)
  await opening.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor({ state: 'detached' })
  await opening.page.getByRole('button', { name: `${who.name}: account and sign-out` }).waitFor()
  return opening
}

/** Ends all sessions of an operator, as another window would. */
const endSessions = (who: Person, policy: unknown = administrator) => commands.setOperatorPolicy({ name: who.name, policy })

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' })
const userName = (page: Page) => page.getByRole('textbox', { name: 'User name' })
const createUser = (page: Page) => page.getByRole('button', { name: 'Create user', exact: true })

describe.skipIf(!hasBrowser)(`operators in the console${browserNote}`, { timeout: 90_000 }, () => {
  it('set up by a link, which is good once', async () => {
    const { link } = await commands.createOperator({ name: 'ada', policy: administrator })
    const { pathname, hash } = new URL(link)
    expect(pathname).toBe('/console/set-up')
    const path = `set-up${hash}`
    const opening = await browser.open(path)
    const { page, barriers, faults } = opening
    await page.getByRole('heading', { level: 1, name: 'Set up your sign-in' }).waitFor()
    await page.getByRole('img', { name: 'QR code for the authenticator app of ada' }).waitFor()
    // Neither who looks over a shoulder nor the history gets the link.
    expect(page.url()).toBe(`${server.adminUrl}/console/set-up`)
    expect(await barriers()).toEqual([])
    const secret = (await page.locator('.door-authenticator code').textContent())?.replace(/\s/g, '') ?? ''
    const uri = await page.getByRole('link', { name: 'Open an app on this device' }).getAttribute('href')
    expect(new URL(uri ?? '').searchParams.get('secret')).toBe(secret)
    const ada = { name: 'ada', password: passwordOf('ada'), secret, used: new Set<number>() }
    const submit = page.getByRole('button', { name: 'Set up and sign in' })
    const type = async (password: string, again: string, code: string) => {
      await page.getByLabel('New password', { exact: true }).fill(password)
      await page.getByLabel('New password again').fill(again)
      await page.getByLabel('Code that the app shows').fill(code)
      await submit.click()
    }
    await type('short', 'short', '123456')
    await page.getByText('The password must have at least 12 characters.').waitFor()
    await type(ada.password, `${ada.password}!`, '123456')
    await page.getByText('The two passwords are not the same.').waitFor()
    await type(ada.password, ada.password, totpCode(secret, Date.now() - 3_600_000))
    await page.getByText('The code does not fit.').waitFor()
    expect(await barriers()).toEqual([])
    await opening.picture('operator-set-up')
    await type(ada.password, ada.password, await codeOf(ada))
    await page.getByRole('heading', { level: 1, name: 'User pools' }).waitFor()
    await page.getByRole('button', { name: 'ada: account and sign-out' }).waitFor()
    await page.getByRole('link', { name: 'Shop' }).waitFor()
    expect(faults).toEqual([])
    await page.close()

    const late = await browser.open(path)
    await late.page.getByText('This link was used or has expired.').waitFor()
    await late.page.getByText('poolhouse operator reset NAME').waitFor()
    expect(await late.barriers()).toEqual([])
    await late.page.reload()
    await late.page.getByText('Open your set-up link again').waitFor()
    expect(late.faults).toEqual([])
    await late.page.close()
  })

  it('sign in where they wanted to go, and are told in one sentence that something was wrong', async () => {
    const grace = await person('grace', administrator)
    const opening = await browser.open(`user-pools/${pool}/users?find=x`)
    const { page, barriers, faults } = opening
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    expect(await barriers()).toEqual([])
    const completed = await page.locator('form input').evaluateAll((all) => all.map((one) => one.getAttribute('autocomplete')))
    expect(completed).toEqual(['username', 'current-password', 'one-time-code'])
    await opening.picture('operator-sign-in')
    await page.keyboard.press('Enter')
    await page.getByText('Enter your name.').waitFor()
    await fill(page, grace, '000000')
    await page.keyboard.press('Enter')
    await page.getByText('The name, the password or the code is wrong.').waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('grace')
    expect(await page.getByLabel('Code of your').inputValue()).toBe('')
    expect(await barriers()).toEqual([])
    // As apps show it.
    const code = await codeOf(grace)
    await page.getByLabel('Code of your').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    expect(page.url()).toBe(`${server.adminUrl}/console/user-pools/${pool}/users?find=x`)
    expect(faults).toEqual([])
    await page.getByRole('button', { name: 'grace: account and sign-out' }).click()
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await page.close()
  })

  it('wait while too many tries have failed, and see for how long', async () => {
    const { page } = await browser.open('')
    // Each lock is twice as long as the one before.
    for (let failed = 0; failed < 7; ) {
      const { status } = await post('sign-in', { name: 'mallory', password: 'a guess at best', code: '000000' })
      if (status === 401) failed += 1
      else await wait(250)
    }
    await fill(page, { name: 'mallory', password: 'a guess at best' }, '000000')
    await page.keyboard.press('Enter')
    await page.getByText(/Too many attempts\. Try again in [1-4] seconds?\./).waitFor()
    await page.getByText('Too many attempts. You can try again now.').waitFor()
    await page.close()
  }, 30_000)

  it('whose session ends in the middle of a form sign in above it, and nothing is lost', async () => {
    const hopper = await person('hopper', administrator)
    const opening = await openAs(hopper, `user-pools/${pool}/users/create`)
    const { page, barriers, faults } = opening
    await userName(page).fill('joan')
    await page.getByText('Set a password').click()
    await page.getByLabel('Password', { exact: true }).fill('Long-Enough-7')
    await endSessions(hopper)
    await createUser(page).click()
    await dialogOf(page).waitFor()
    expect(await dialogOf(page).getByLabel('Name').inputValue()).toBe('hopper')
    expect(await barriers()).toEqual([])
    await opening.picture('operator-session-ended')

    await dialogOf(page).getByRole('button', { name: 'Cancel' }).click()
    await dialogOf(page).waitFor({ state: 'detached' })
    await page.getByText('MissingAuthenticationTokenException').waitFor()
    await page.getByText('Your session has ended').waitFor()
    expect([await userName(page).inputValue(), await page.getByLabel('Password', { exact: true }).inputValue()]).toEqual([
      'joan',
      'Long-Enough-7',
    ])
    await createUser(page).click()
    await dialogOf(page).waitFor()
    await signIn(page, hopper)
    await page.getByText('The user joan was created.').waitFor()
    expect(await page.getByText('Your session has ended').count()).toBe(0)
    expect(faults).toEqual([])
    await page.close()
  })

  it('see who is signed in now when it is somebody else, and nothing is done in another name', async () => {
    const radia = await person('radia', administrator)
    const barbara = await person('barbara', administrator)
    const { page, faults } = await openAs(radia, `user-pools/${pool}/users/create`)
    await userName(page).fill('never-made')
    await endSessions(radia)
    await createUser(page).click()
    await dialogOf(page).waitFor()
    await signIn(page, barbara)
    await page.getByText('You are signed in as barbara now, not as radia.').waitFor()
    await page.getByRole('button', { name: 'barbara: account and sign-out' }).waitFor()
    expect(await userName(page).inputValue()).toBe('never-made')
    expect(await page.getByText('The user never-made was created.').count()).toBe(0)
    // The other tabs of the browser have the same cookie.
    const other = await page.context().newPage()
    await other.goto(`${server.adminUrl}/console/account`)
    await other.getByRole('button', { name: 'barbara: account and sign-out' }).click()
    await other.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
    await other.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await signIn(other, radia)
    await other.getByRole('button', { name: 'radia: account and sign-out' }).waitFor()
    await page.getByText('You are signed in as radia now, not as barbara.').waitFor()
    await other.goto(`${server.adminUrl}/console/user-pools/${pool}/users/never-made`)
    await other.getByText('UserNotFoundException').first().waitFor()
    expect(faults).toEqual([])
    await page.close()
  }, 60_000)

  it('stay signed in beside other servers of the machine, which get nothing that lets them in', async () => {
    const seen: string[] = []
    const foreign = createServer((incoming, outgoing) => {
      seen.push(incoming.headers.cookie ?? '')
      // Browsers put the longer path first.
      outgoing.setHeader('set-cookie', `poolhouse_operator=${'x'.repeat(43)}; Path=/console/`)
      outgoing.end('<p>another program of this machine')
    })
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
    const ruth = await person('ruth', administrator)
    const { page, go, faults } = await openAs(ruth, 'user-pools')
    const other = await page.context().newPage()
    await other.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/console/`)
    const cookie = seen.find((one) => one.includes('poolhouse_operator=')) ?? ''
    expect(cookie).toMatch(/^poolhouse_operator=[\w-]{43}$/)
    for (const key of ['1', '', 'x'.repeat(43)]) {
      const headers = { cookie, 'x-poolhouse-console': key, origin: server.adminUrl ?? '' }
      expect((await fetch(`${server.adminUrl}/console/session`, { headers })).status).toBe(401)
      expect((await fetch(`${server.adminUrl}/console/account`, { headers })).status).toBe(401)
    }
    await go('account')
    await page.getByRole('button', { name: 'ruth: account and sign-out' }).waitFor()
    await other.goto(`${server.adminUrl}/console/user-pools/${pool}/users`)
    await other.getByRole('link', { name: 'maria' }).waitFor()
    expect(faults).toEqual([])
    await page.close()
    await new Promise((resolve) => foreign.close(resolve))
  })

  it('are disturbed by no dialog where a page only looks', async () => {
    const edith = await person('edith', administrator)
    const { page } = await openAs(edith, 'dashboard')
    await page.getByText('Failures by reason').waitFor()
    await endSessions(edith)
    await page.getByText('Your session has ended').waitFor()
    expect(await dialogOf(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await dialogOf(page).waitFor()
    await signIn(page, edith)
    await page.getByText('Your session has ended').first().waitFor({ state: 'detached' })
    await page.getByText('MissingAuthenticationTokenException', { exact: true }).waitFor({ state: 'detached' })
    await page.close()
  })

  it('without the rights read why, and keep the page', async () => {
    const reader = await person('reader', rolePolicy('read-only'))
    const { page, go, barriers, faults } = await openAs(reader, `user-pools/${pool}/users/create`)
    await userName(page).fill('nobody')
    await createUser(page).click()
    await page.getByText('AccessDeniedException').waitFor()
    await page.getByText('cognito-idp:AdminCreateUser').waitFor()
    expect(await userName(page).inputValue()).toBe('nobody')
    page.on('dialog', (dialog) => void dialog.accept())
    await go('user-pools')
    await page.getByRole('link', { name: 'Dashboard' }).waitFor()
    expect([
      await page.getByRole('link', { name: 'Mailbox' }).count(),
      await page.getByRole('link', { name: 'Operators' }).count(),
    ]).toEqual([0, 0])
    await page.getByRole('button', { name: 'reader: account and sign-out' }).click()
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['My account', 'Sign out'])
    await go('operators')
    await page.getByText('reader is not allowed to do this: poolhouse:ListOperators').waitFor()
    await go('mailbox')
    await page
      .getByText(/AccessDenied|no mailbox here/)
      .first()
      .waitFor()
    expect(await barriers()).toEqual([])
    expect(faults).toEqual([])
    await page.close()
  })

  it('make others, within what they may do themselves', async () => {
    const margaret = await person('margaret', administrator)
    const opening = await openAs(margaret, 'operators')
    const { page, barriers, faults } = opening
    await page.getByRole('row', { name: /margaret \(you\)/ }).waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('link', { name: 'Create operator' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Help Desk')
    const create = page.getByRole('button', { name: 'Create operator', exact: true })
    await create.click()
    await page.getByText('The name of an operator has 1 to 64 letters').first().waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Help.Desk')
    await page.getByText('A policy of your own').click()
    const policy = page.getByRole('textbox', { name: 'Policy' })
    expect(JSON.parse(await policy.inputValue())).toEqual(rolePolicy('support'))
    await policy.fill('name,action\nada,read')
    await page.getByText('This looks like a table (CSV).').first().waitFor()
    await policy.fill('{\n  "Version": "2012-10-17"\n  "Statement": []\n}')
    await page.getByText("line 3 is the first that can't be read").first().waitFor()
    expect(await barriers()).toEqual([])
    await create.click()
    expect(page.url()).toContain('/operators/create')
    await page.getByText('Support', { exact: true }).click()
    await page.getByText('Chosen user pools').click()
    await page.getByText('Choose user pools').click()
    await page.getByRole('option', { name: 'Shop' }).click()
    await page.keyboard.press('Escape')
    await opening.picture('operator-create')
    expect(await barriers()).toEqual([])
    await create.click()
    await page.getByRole('heading', { level: 1, name: 'Operator help.desk was created' }).waitFor()
    await page.getByText('It is shown only now, and is good once, until').waitFor()
    const link = (await page.locator('.set-up-link code').textContent()) ?? ''
    expect(await barriers()).toEqual([])
    await opening.picture('operator-link')

    const { secret, sealed } = (await (await post('set-up/begin', { token: tokenOf(link) })).json()) as { secret: string; sealed: string }
    const helper = { name: 'help.desk', password: passwordOf('help.desk'), secret, used: new Set<number>() }
    const set = { token: tokenOf(link), sealed, password: helper.password, code: await codeOf(helper) }
    expect((await post('set-up', set)).status).toBe(200)
    const desk = await openAs(helper, `user-pools/${pool}/users`)
    await desk.page.getByRole('link', { name: 'maria' }).waitFor()
    await desk.page.close()

    await page.getByRole('link', { name: 'Done' }).click()
    const row = page.getByRole('row', { name: /help\.desk/ })
    await row.getByText('Active').waitFor()
    await row.getByRole('button', { name: 'Rights of help.desk: Support for 1 user pool' }).click()
    await page.getByRole('dialog', { name: 'Rights of help.desk' }).getByText('Boundary 1').waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: /close/i }).click()
    await opening.picture('operators')
    await row.getByRole('radio').check()
    await page.getByRole('button', { name: 'Reset', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click()
    const reset = page.getByRole('dialog', { name: 'help.desk was reset' })
    expect(await reset.locator('.set-up-link code').textContent()).toContain('/console/set-up#')
    expect(await barriers()).toEqual([])
    await reset.getByRole('button', { name: 'Done' }).click()
    await row.getByText('Invited').waitFor()
    await row.getByRole('radio').check()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    const remove = page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true })
    expect(await remove.isEnabled()).toBe(false)
    await page.getByLabel('To confirm, type the name: help.desk').fill('help.desk')
    await remove.click()
    await page.getByText('The operator help.desk was deleted.').waitFor()
    await row.waitFor({ state: 'detached' })
    // Made by the command line, so not hers to reset.
    await page
      .getByRole('row', { name: /margaret \(you\)/ })
      .getByRole('radio')
      .check()
    expect(await page.getByRole('button', { name: 'Delete', exact: true }).getAttribute('aria-disabled')).toBe('true')
    expect(faults).toEqual([])
    await page.close()
  }, 60_000)

  it('see what was done to operators, and by whom, where their rights let them', async () => {
    const adele = await person('adele', administrator)
    const { page, barriers, faults } = await openAs(adele, 'user-pools')
    await page.getByRole('link', { name: 'Audit trail' }).click()
    await page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor()
    const made = page.getByRole('row', { name: /command line CreateOperator .*operator adele.* created/ })
    await made.waitFor()
    await page.getByRole('row', { name: /operator adele SignInToConsole .*session opened/ }).waitFor()
    expect(await barriers()).toEqual([])
    expect(faults).toEqual([])
    await page.close()
    const desk = await person('desk', rolePolicy('support'))
    const other = await openAs(desk, 'audit')
    await other.page.getByText('No policy of yours allows you to see the audit of server.').first().waitFor()
    await other.go('user-pools')
    await other.page.getByRole('link', { name: 'Shop' }).waitFor()
    expect(await other.page.getByRole('link', { name: 'Audit trail' }).count()).toBe(0)
    await other.page.close()
  })

  it('change their password, and sign out everywhere', async () => {
    const karen = await person('karen', rolePolicy('support', [pool]))
    const opening = await openAs(karen, 'account')
    const { page, barriers, faults } = opening
    await page.getByText('"cognito-idp:AdminResetUserPassword"').waitFor()
    expect(await barriers()).toEqual([])
    await opening.picture('operator-account')
    const change = page.getByRole('button', { name: 'Change password' })
    const type = async (password: string, code: string) => {
      await page.getByLabel('Present password').fill(password)
      await page.getByLabel('New password', { exact: true }).fill('karen reads eleven maps')
      await page.getByLabel('New password again').fill('karen reads eleven maps')
      await page.getByLabel('Code of your authenticator app').fill(code)
      await change.click()
    }
    await type('not this one at all', '000000')
    await page.getByText('The password or the code is wrong.').waitFor()
    const before = await page.context().cookies()
    await type(karen.password, await codeOf(karen))
    await page.getByText('The password was changed.').waitFor()
    expect((await page.context().cookies())[0]?.value).not.toBe(before[0]?.value)
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  }, 60_000)

  it('sign in above a dialog, too, which then goes on', async () => {
    const sophie = await person('sophie', administrator)
    const { page, barriers, faults } = await openAs(sophie, 'user-pools')
    await commands.seed({ document: { pools: [{ name: 'Doomed' }] } })
    await page.getByRole('button', { name: 'Refresh User pools' }).click()
    await page
      .getByRole('row', { name: /Doomed/ })
      .getByRole('radio')
      .check()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByLabel('To confirm, type the name: Doomed').fill('Doomed')
    await endSessions(sophie)
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await dialogOf(page).waitFor()
    expect(await barriers()).toEqual([])
    await signIn(page, sophie)
    await page.getByText('The user pool Doomed was deleted.').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(faults).toEqual([])
    await page.close()
  })

  it('open a set-up link in a tab where somebody else is signed in, and leave nothing of either', async () => {
    const first = await person('first', administrator)
    const { page, faults } = await openAs(first, `user-pools/${pool}/users/create`)
    await userName(page).fill('typed-by-first')
    const { link } = await commands.createOperator({ name: 'second', policy: administrator })
    page.on('dialog', (dialog) => void dialog.accept())
    await page.goto(`${server.adminUrl}/console/set-up${new URL(link).hash}`)
    await page.getByText('Your name is second.').waitFor()
    const secret = (await page.locator('.door-authenticator code').textContent())?.replace(/\s/g, '') ?? ''
    const second = { name: 'second', password: passwordOf('second'), secret, used: new Set<number>() }
    await page.getByLabel('New password', { exact: true }).fill(second.password)
    await page.getByLabel('New password again').fill(second.password)
    await page.getByLabel('Code that the app shows').fill(await codeOf(second))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'second: account and sign-out' }).waitFor()
    await page.goto(`${server.adminUrl}/console/user-pools/${pool}/users/create`)
    await userName(page).waitFor()
    expect(await userName(page).inputValue()).toBe('')
    expect(faults).toEqual([])
    await page.close()
  })

  it('look at tokens with the keys of the public address, and ask its token endpoint', async () => {
    const jean = await person('jean', administrator)
    const answer = await fetch(`${server.url}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
      },
      body: JSON.stringify({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: client,
        AuthParameters: { USERNAME: 'maria', PASSWORD: 'Correct-Horse-7' },
      }),
    })
    const { AuthenticationResult: tokens } = (await answer.json()) as { AuthenticationResult: { IdToken: string } }
    const { page, go, faults } = await openAs(jean, 'token-decoder')
    await page.getByLabel('Token', { exact: true }).fill(tokens.IdToken)
    await page.getByText('Signature valid').waitFor()
    await go(`user-pools/${pool}/sign-in-tester?flow=client_credentials&client=${machine}`)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText('Signed in', { exact: true }).waitFor()
    await page.getByText('Signature valid').waitFor()
    await page.getByRole('button', { name: '1. Ask for a token' }).click()
    await page.getByRole('tab', { name: 'curl' }).click()
    await page.getByText(`curl -sS '${server.url}/oauth2/token'`).waitFor()
    await go(`user-pools/${pool}/hosted-ui`)
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(testImages.png, 'base64') })
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The customization was saved.').waitFor()
    // CSS and logo are saved together, so the page has to read the logo from the public address.
    await go(`user-pools/${pool}/hosted-ui`)
    await page.getByRole('img', { name: 'Logo' }).waitFor()
    expect(faults).toEqual([])
    await page.close()
  })
})

describe.skipIf(!hasBrowser)(`the console of a development server${browserNote}`, () => {
  it('has no operators: nobody signs in, out, or anybody up', async () => {
    const { open, close } = await openConsole({ pools: [] })
    const { page, go, faults } = await open('user-pools')
    await page.getByRole('link', { name: 'Mailbox' }).waitFor()
    expect(await page.getByRole('button', { name: /account and sign-out/ }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Operators' }).count()).toBe(0)
    await go('set-up#token')
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor()
    await go('account')
    await page.getByText('Nobody signs in to this console').waitFor()
    expect(faults).toEqual([])
    await close()
  })
})
