import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, type SeedPool, startPoolhouse } from '../../src/lib.ts'
import type { Input, OperationName } from '../../src/model/types.gen.ts'
import { callApi } from '../support/call-api.ts'
import { type ConsolePage, type OpenConsole, openBrowser } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { pathFunctions, pathLambdaConfig } from '../support/sign-in-paths.ts'

const password = 'Correct-Horse-7'
const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }
const kept = 'keptSecretOfTheServerClient0123456789'
const added = 'addedSecretOfTheServerClient012345678'

let server: Poolhouse
let browser: Pick<OpenConsole, 'open' | 'close'>
const pools = { plain: '', mailed: '', factors: '', settingUp: '', phones: '' }
const clients: Record<string, string> = {}

const call = <N extends OperationName>(operation: N, input: Input<N>) => callApi(server.url, operation, input)

const person = (username: string, attributes: Record<string, string> = {}) => ({ username, password, attributes })
const phoneOf = (number: string) => ({ phone_number: number, phone_number_verified: 'true' })
const mailOf = (name: string) => ({ email: `${name}@example.org`, email_verified: 'true' })
/** Passwords are reset by administrators alone, so that any address may be a second factor. */
const withFactors: NonNullable<SeedPool['settings']> = {
  SmsConfiguration,
  EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.org' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
}

const seedPools = () =>
  server.seed({
    pools: [
      {
        name: 'Plain',
        settings: {
          AutoVerifiedAttributes: ['email'],
          LambdaConfig: pathLambdaConfig,
          Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } },
        },
        resourceServers: [{ Identifier: 'shop', Name: 'Shop', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }] }],
        clients: [
          {
            name: 'web',
            settings: {
              ExplicitAuthFlows: [
                'ALLOW_USER_PASSWORD_AUTH',
                'ALLOW_USER_SRP_AUTH',
                'ALLOW_USER_AUTH',
                'ALLOW_CUSTOM_AUTH',
                'ALLOW_REFRESH_TOKEN_AUTH',
              ],
            },
          },
          {
            name: 'rotating',
            settings: {
              ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
              RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
            },
          },
          {
            name: 'machine',
            secret: kept,
            settings: {
              AllowedOAuthFlows: ['client_credentials'],
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthScopes: ['shop/read'],
            },
          },
        ],
        users: [person('ada', { ...mailOf('ada'), name: 'Ada Lovelace' }), { username: 'novice', temporaryPassword: 'Temporary-Horse-1' }],
      },
      {
        name: 'Mail as name',
        settings: { UsernameAttributes: ['email'] },
        clients: [{ name: 'server', secret: kept, settings: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] } }],
        users: [person('emmy@example.org', { email_verified: 'true' })],
      },
      {
        name: 'Factors',
        settings: withFactors,
        clients: [{ name: 'factors', settings: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] } }],
        users: [person('phone', phoneOf('+12065550101')), person('both', { ...phoneOf('+12065550102'), ...mailOf('both') })],
      },
      {
        name: 'Setting up',
        settings: withFactors,
        clients: [{ name: 'setter', settings: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] } }],
        users: [person('chooses'), person('mails')],
      },
      {
        name: 'Phones',
        settings: withFactors,
        clients: [{ name: 'phones', settings: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH'] } }],
        users: [person('bare')],
      },
    ],
  })

beforeAll(async () => {
  if (!hasBrowser) return
  server = await startPoolhouse({ inProcess: true, triggers: pathFunctions })
  browser = await openBrowser(server.url)
  const seeded = await seedPools()
  ;[pools.plain, pools.mailed, pools.factors, pools.settingUp, pools.phones] = seeded.map(({ userPoolId }) => userPoolId) as [
    string,
    string,
    string,
    string,
    string,
  ]
  for (const { name, clientId } of seeded.flatMap((pool) => pool.clients)) clients[name] = clientId
  const byPhone = { SmsMfaConfiguration: { SmsConfiguration } }
  const byMail = { EmailMfaConfiguration: {} }
  const byApp = { SoftwareTokenMfaConfiguration: { Enabled: true } }
  await call('SetUserPoolMfaConfig', { UserPoolId: pools.factors, MfaConfiguration: 'OPTIONAL', ...byPhone, ...byMail })
  await call('SetUserPoolMfaConfig', { UserPoolId: pools.settingUp, MfaConfiguration: 'ON', ...byMail, ...byApp })
  await call('SetUserPoolMfaConfig', { UserPoolId: pools.phones, MfaConfiguration: 'ON', ...byPhone })
  const SMSMfaSettings = { Enabled: true }
  await call('AdminSetUserMFAPreference', { UserPoolId: pools.factors, Username: 'phone', SMSMfaSettings })
  await call('AdminSetUserMFAPreference', {
    UserPoolId: pools.factors,
    Username: 'both',
    SMSMfaSettings,
    EmailMfaSettings: { Enabled: true },
  })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click()
const answer = (page: Page) => page.getByRole('button', { name: 'Answer', exact: true }).click()
const asked = (page: Page, name: string) => page.getByRole('heading', { name: `The server asks: ${name}`, exact: true }).waitFor()
const signedIn = (page: Page) => page.getByText('Signed in', { exact: true }).waitFor()
const typePassword = (page: Page, typed = password) => page.getByLabel('Password', { exact: true }).fill(typed)
const choose = async (page: Page, field: RegExp, option: string) => {
  await page.getByRole('button', { name: field }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
const step = async (page: Page, name: string, tab: string) => {
  await page.getByRole('button', { name }).click()
  const group = page.getByRole('tablist', { name: `Step ${name.split('.')[0]}` })
  await group.getByRole('tab', { name: tab }).click()
}
/** Both tokens of a user, taken apart, with their signatures checked. */
const decoded = async (page: Page, tokens = ['ID token', 'Access token']) => {
  for (const what of tokens) await page.getByRole('heading', { name: what }).waitFor()
  await page
    .getByText('Signature valid')
    .nth(tokens.length - 1)
    .waitFor()
}
const well = async ({ page, faults, barriers }: ConsolePage) => {
  expect(await barriers()).toEqual([])
  expect(faults).toEqual([])
  await page.close()
}
const open = (pool: string, query: Record<string, string>) => {
  const client = clients[query['client'] ?? ''] ?? ''
  return browser.open(`user-pools/${pool}/sign-in-tester?${new URLSearchParams({ ...query, client })}`)
}

describe.skipIf(!hasBrowser)(`the sign-in tester${browserNote}`, () => {
  it('finds a user and signs in with the password, then refreshes', async () => {
    const opened = await open(pools.plain, { client: 'web', flow: 'USER_PASSWORD_AUTH' })
    const { page, picture } = opened
    const name = page.getByRole('combobox', { name: 'User name' })
    await name.pressSequentially('lovelace@nowhere')
    await page.getByText('No user begins like that.').waitFor()
    await name.fill('Ada L')
    const option = page.getByRole('option', { name: /^ada\b/ })
    await option.waitFor()
    await picture('tester-user')
    await option.click()
    expect(await name.inputValue()).toBe('ada')
    await typePassword(page)
    await run(page)
    await signedIn(page)
    await decoded(page)
    expect(await page.getByLabel('Client secret').count()).toBe(0)
    await step(page, '1. Begin: InitiateAuth', 'Request')
    await page.getByText('"AuthFlow": "USER_PASSWORD_AUTH"').waitFor()
    await page.getByRole('button', { name: 'Use this refresh token' }).click()
    expect(new URL(page.url()).searchParams.get('flow')).toBe('REFRESH_TOKEN_AUTH')
    await run(page)
    await page.getByRole('heading', { name: 'Refresh token' }).waitFor({ state: 'detached' })
    await signedIn(page)
    await decoded(page)
    await page.getByText('1 request; the tokens are below.').waitFor()
    await well(opened)
  })

  it('asks for the password that SRP proves, and says why one is refused', async () => {
    const opened = await open(pools.plain, { client: 'web', flow: 'USER_SRP_AUTH', username: 'ada' })
    const { page, picture } = opened
    await run(page)
    await asked(page, 'PASSWORD_VERIFIER')
    await page.getByLabel('Password', { exact: true }).nth(1).fill('Another-Horse-7')
    await answer(page)
    await page.getByText('Refused by: The password.').waitFor()
    await picture('tester-srp-refused')
    await run(page)
    await asked(page, 'PASSWORD_VERIFIER')
    await page.getByLabel('Password', { exact: true }).nth(1).fill(password)
    await answer(page)
    await signedIn(page)
    await decoded(page)
    await well(opened)
  })

  it('refreshes where tokens rotate, and says why a used one is refused', async () => {
    const opened = await open(pools.plain, { client: 'rotating', flow: 'USER_PASSWORD_AUTH', username: 'ada' })
    const { page, picture } = opened
    await typePassword(page)
    await run(page)
    await signedIn(page)
    await page.getByRole('button', { name: 'Use this refresh token' }).click()
    expect(new URL(page.url()).searchParams.get('flow')).toBe('GetTokensFromRefreshToken')
    await run(page)
    await page.getByRole('button', { name: '1. Refresh: GetTokensFromRefreshToken' }).waitFor()
    await signedIn(page)
    await decoded(page)
    await page.getByRole('heading', { name: 'Refresh token' }).waitFor()
    await picture('tester-rotated')
    // The form still has the first one.
    await run(page)
    await page.getByText('RefreshTokenReuseException').first().waitFor()
    await page.getByText('this one was used before').waitFor()
    await page.goto(page.url().replace('GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH'))
    await page.getByText('GetTokensFromRefreshToken takes its place.').waitFor()
    await well(opened)
  })

  it('asks for a client secret that the API does not tell, and shows it nowhere', async () => {
    const ids = { UserPoolId: pools.mailed, ClientId: clients['server'] ?? '' }
    await call('AddUserPoolClientSecret', { ...ids, ClientSecret: added })
    const { ClientSecrets } = await call('ListUserPoolClientSecrets', ids)
    const byAge = [...ClientSecrets].sort((a, b) => a.ClientSecretCreateDate - b.ClientSecretCreateDate)
    const opened = await open(pools.mailed, { client: 'server', flow: 'USER_SRP_AUTH', username: 'emmy@example.org' })
    const { page, picture } = opened
    await typePassword(page)
    // As long as it is there, the first secret is taken.
    await page.getByText('without one, the app client’s first secret').waitFor()
    await run(page)
    await signedIn(page)
    await call('DeleteUserPoolClientSecret', { ...ids, ClientSecretId: byAge[0].ClientSecretId })
    expect((await call('DescribeUserPoolClient', ids)).UserPoolClient.ClientSecret).toBeUndefined()
    await page.reload()
    await page.getByText('Type a secret of the app client').waitFor()
    expect(await page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true)
    const field = page.getByLabel('Client secret')
    expect(await field.getAttribute('type')).toBe('password')
    await field.fill(kept)
    await typePassword(page)
    await run(page)
    await page.getByText('Refused by: The client secret.').waitFor()
    await field.fill(added)
    await run(page)
    await signedIn(page)
    await picture('tester-secret')
    // A refresh is hashed over the name, which is not the e-mail address: it comes from the token, or is looked up.
    await page.getByRole('button', { name: 'Use this refresh token' }).click()
    const name = page.getByRole('combobox', { name: 'User name' })
    expect(await name.inputValue()).toMatch(/^[0-9a-f-]{36}$/)
    await name.fill('emmy@example.org')
    await page.keyboard.press('Escape')
    await run(page)
    await page.getByRole('button', { name: '1. Look up the name for SECRET_HASH: AdminGetUser' }).waitFor()
    await page.getByRole('button', { name: '2. Begin: InitiateAuth' }).waitFor()
    await signedIn(page)
    await page.goto(page.url().replace('REFRESH_TOKEN_AUTH', 'GetTokensFromRefreshToken'))
    await field.fill(added)
    await page.getByLabel('Refresh token').fill('none')
    await run(page)
    await page.getByText('Refused by: The refresh token.').waitFor()
    await step(page, '1. Refresh: GetTokensFromRefreshToken', 'curl')
    await page.getByText(`"ClientSecret":"'"$CLIENT_SECRET"'"}'`).waitFor()
    expect(await page.locator('body').textContent()).not.toContain(added)
    expect(page.url() + (await page.evaluate('JSON.stringify([sessionStorage, localStorage])'))).not.toContain(added)
    await well(opened)
  })

  it('gets a token for a program', async () => {
    const opened = await open(pools.plain, { client: 'machine', flow: 'client_credentials' })
    const { page, picture } = opened
    await run(page)
    await signedIn(page)
    await decoded(page, ['Access token'])
    await step(page, '1. Ask for a token: /oauth2/token', 'curl')
    await page.getByText(`--user "${clients['machine']}:$CLIENT_SECRET"`).waitFor()
    await picture('tester-program')
    await page.getByLabel('Scopes').fill('shop/write')
    await run(page)
    await page.getByText('Refused by:').waitFor()
    expect(await page.locator('body').textContent()).not.toContain(kept)
    await well(opened)
  })

  it('answers the question of a function, and names the functions that are missing', async () => {
    const opened = await open(pools.plain, { client: 'web', flow: 'CUSTOM_AUTH', username: 'ada' })
    const { page, picture } = opened
    await run(page)
    await asked(page, 'CUSTOM_CHALLENGE')
    await page.getByLabel('Answer').first().fill('red')
    await answer(page)
    await page.getByText('Refused by: A function of the user pool.').waitFor()
    await run(page)
    await asked(page, 'CUSTOM_CHALLENGE')
    await page.getByText('colour').waitFor()
    await picture('tester-custom')
    await page.getByLabel('Answer').first().fill('blue')
    await answer(page)
    await signedIn(page)
    await decoded(page)
    await well(opened)
    const without = await open(pools.phones, { client: 'phones', flow: 'CUSTOM_AUTH', username: 'bare' })
    await run(without.page)
    await without.page.getByText('Custom auth lambda trigger is not configured for the user pool.').waitFor()
    await without.page.getByText('CUSTOM_AUTH needs the functions DefineAuthChallenge').waitFor()
    await well(without)
  })

  it('sets the new password of somebody who was invited', async () => {
    const opened = await open(pools.plain, { client: 'web', flow: 'USER_SRP_AUTH', username: 'novice' })
    const { page, picture } = opened
    await typePassword(page, 'Temporary-Horse-1')
    await run(page)
    await asked(page, 'NEW_PASSWORD_REQUIRED')
    await page.getByLabel('New password').fill('short')
    await answer(page)
    await page.getByText('Refused by: The password policy.').waitFor()
    await picture('tester-new-password')
    await page.getByLabel('New password').fill('My-Own-Horse-8')
    await answer(page)
    await signedIn(page)
    await decoded(page)
    await well(opened)
  })

  it('asks for the code that the phone got, and takes it from the mailbox', async () => {
    const opened = await open(pools.factors, { client: 'factors', flow: 'USER_SRP_AUTH', username: 'phone' })
    const { page, picture } = opened
    await typePassword(page)
    await run(page)
    await asked(page, 'SMS_MFA')
    await page.getByLabel('Code', { exact: true }).fill('000000')
    await answer(page)
    await page.getByText('Refused by: The code.').waitFor()
    await page.getByRole('button', { name: /^Use \d{6}, sent to \+12065550101$/ }).click()
    await picture('tester-sms')
    await answer(page)
    await signedIn(page)
    await decoded(page)
    await well(opened)
  })

  it('lets somebody with two second factors and no preferred one choose', async () => {
    const opened = await open(pools.factors, { client: 'factors', flow: 'USER_SRP_AUTH', username: 'both' })
    const { page, picture } = opened
    await typePassword(page)
    await run(page)
    await asked(page, 'SELECT_MFA_TYPE')
    await choose(page, /^Second factor/, 'EMAIL_OTP')
    await picture('tester-select-factor')
    await answer(page)
    await asked(page, 'EMAIL_OTP')
    await page.getByRole('button', { name: /^Use \d+, sent to both@example.org$/ }).click()
    await answer(page)
    await signedIn(page)
    await decoded(page)
    await well(opened)
  })

  it('sets a second factor up, whichever is chosen, and says what an administrator has to do for SMS', async () => {
    const opened = await open(pools.settingUp, { client: 'setter', flow: 'USER_PASSWORD_AUTH', username: 'chooses' })
    const { page, go, picture } = opened
    await typePassword(page)
    await run(page)
    await asked(page, 'MFA_SETUP')
    await choose(page, /^Second factor to set up/, 'SOFTWARE_TOKEN_MFA')
    await picture('tester-set-up')
    await answer(page)
    await page.getByRole('button', { name: 'Fill in the code' }).click()
    await answer(page)
    await signedIn(page)
    await decoded(page)
    await page.getByRole('button', { name: '3. Prove the authenticator: VerifySoftwareToken' }).waitFor()
    await go(`user-pools/${pools.settingUp}/sign-in-tester?flow=USER_PASSWORD_AUTH&username=mails`)
    await typePassword(page)
    await run(page)
    await asked(page, 'MFA_SETUP')
    await choose(page, /^Second factor to set up/, 'EMAIL_OTP')
    await answer(page)
    await page.getByLabel('Email address').fill('mails@example.org')
    await answer(page)
    await asked(page, 'EMAIL_OTP')
    await page.getByRole('button', { name: /^Use \d+, sent to mails@example.org$/ }).click()
    await answer(page)
    await signedIn(page)
    await go(`user-pools/${pools.phones}/sign-in-tester?flow=USER_PASSWORD_AUTH&username=bare`)
    await typePassword(page)
    await run(page)
    await page.getByText(/an administrator has to add (?:one to the user|a phone number)/).waitFor()
    expect(await page.getByLabel('Email address').count()).toBe(0)
    await picture('tester-set-up-sms')
    await well(opened)
  })

  it('lets the user choose how to sign in', async () => {
    const opened = await open(pools.plain, { client: 'web', flow: 'USER_AUTH', username: 'ada' })
    const { page, picture } = opened
    await run(page)
    await asked(page, 'SELECT_CHALLENGE')
    await choose(page, /^Sign in with/, 'PASSWORD')
    await page.getByLabel('Password', { exact: true }).nth(1).fill(password)
    await picture('tester-choice')
    await answer(page)
    await signedIn(page)
    await decoded(page)
    await run(page)
    await asked(page, 'SELECT_CHALLENGE')
    await choose(page, /^Sign in with/, 'PASSWORD_SRP')
    await page.getByLabel('Password', { exact: true }).nth(1).fill(password)
    await answer(page)
    await signedIn(page)
    await page.getByRole('button', { name: '3. Answer PASSWORD_VERIFIER: RespondToAuthChallenge' }).waitFor()
    await well(opened)
  })

  it('says who is refused, and why', async () => {
    const opened = await open(pools.plain, { client: 'machine', flow: 'USER_PASSWORD_AUTH', username: 'nobody' })
    const { page, go } = opened
    await page.getByText('ALLOW_USER_PASSWORD_AUTH is not among its authentication flows').waitFor()
    await typePassword(page)
    await run(page)
    await page.getByText('Refused by: The app client’s authentication flows.').waitFor()
    await go(`user-pools/${pools.plain}/sign-in-tester?flow=USER_PASSWORD_AUTH&username=nobody&client=${clients['web']}`)
    await typePassword(page)
    await run(page)
    await page.getByText('There is no user of that name in the user pool.').waitFor()
    await well(opened)
  })
})
