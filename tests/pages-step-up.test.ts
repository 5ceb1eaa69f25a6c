import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticationLevels } from '../src/domain/authentication-level.ts'
import { emailOf, makeChallengePool, verifiedAddresses } from './support/challenge-pool.ts'
import { changePool } from './support/change-settings.ts'
import { everyFlow, type MadePool, makeClient } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser, type PageBrowser, type SeenPage } from './support/page-browser.ts'
import { fieldsOf } from './support/page-notes.ts'
import { authorizeQuery, makePagePool, pageClient } from './support/page-pool.ts'
import { choicesOf, claimsFor, isGranted, openSignIn, typePassword } from './support/page-steps.ts'
import { setUpTotp } from './support/set-up-totp.ts'
import { accessTokenOf } from './support/sign-in.ts'
import { totpCode } from './support/totp-code.ts'

const level = (n: 1 | 2 | 3 | 4) => authenticationLevels[(n - 1) as 0 | 1 | 2 | 3]
const flows = [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const]

let server: OAuthServer
let made: MadePool

beforeAll(async () => {
  server = await startOAuth()
  made = await makeChallengePool(server.harness, 'open', { ...pageClient, ExplicitAuthFlows: flows })
})
afterAll(() => server.stop())
beforeEach(() => server.harness.clock.reset())

const open = () => openBrowser(server.url)
const authorize = (browser: PageBrowser, more: Readonly<Record<string, string>>, pool = made) =>
  browser.get(`/oauth2/authorize?${authorizeQuery(pool, more)}`)

/** Somebody who signed in with a password in a browser of their own, and has an authenticator app since. */
const signedIn = async (username: string, pool = made): Promise<{ browser: PageBrowser; code: () => string; authTime: number }> => {
  await makeUser(server.harness, pool.UserPoolId, username, verifiedAddresses(username))
  const token = await accessTokenOf(server.harness, pool, username)
  const browser = open()
  const { auth_time: authTime } = await claimsFor(server, pool, await typePassword(browser, pool, username))
  const secret = await setUpTotp(server.harness, token)
  // The code of this step is used up.
  server.harness.clock.advance(30_000)
  return { browser, code: () => totpCode(secret, server.harness.clock.now()), authTime }
}

/** Goes on as who is signed in on the browser. */
const goOn = async (browser: PageBrowser, page: SeenPage): Promise<SeenPage> => {
  const account = await browser.follow(page)
  expect(account.heading).toBe('Choose an account')
  return browser.submit(account, { continue: 'yes' })
}

describe('a level that an application asks for', () => {
  it('takes only what the login session has not proved', async () => {
    const { browser, code, authTime } = await signedIn('steps-up')
    server.harness.clock.advance(60_000)
    const asked = await goOn(browser, await authorize(browser, { acr_values: level(4) }))
    expect([asked.heading, asked.faults]).toEqual(['Open your authenticator app', []])
    const claims = await claimsFor(server, made, await browser.submit(asked, { code: code() }))
    expect(claims).toMatchObject({ acr: level(4), amr: ['pwd', 'otp', 'mfa'], auth_time: authTime })
    // The login session has it from now on, and for the same time as before.
    const again = await authorize(browser, { acr_values: level(4) })
    expect(await claimsFor(server, made, again)).toMatchObject({ acr: level(4), auth_time: authTime })
  })

  it('asks for the password when a code was the first factor', async () => {
    await makeUser(server.harness, made.UserPoolId, 'code-first', { email: emailOf('code-first'), email_verified: 'true' })
    const browser = open()
    const choice = await browser.submit(await openSignIn(browser, made), { username: 'code-first' })
    const code = await browser.submit(choice, { answer: 'EMAIL_OTP' })
    await browser.submit(code, { code: server.harness.codeSentTo(emailOf('code-first')) })
    const asked = await goOn(browser, await authorize(browser, { acr_values: level(3) }))
    expect(asked.heading).toBe('Enter your password')
    const claims = await claimsFor(server, made, await browser.submit(asked, { password }))
    expect(claims).toMatchObject({ acr: level(3), amr: ['email_otp', 'pwd', 'mfa'] })
  })

  it('goes by the names of the pool, the first one that can be reached', async () => {
    const { browser, code } = await signedIn('by-name')
    await changePool(server.harness, made.UserPoolId, { AcrConfiguration: { Level4: { AcrValue: 'gold' } } })
    const acr_values = `platinum ${level(4)} gold ${level(1)}`
    const asked = await goOn(browser, await authorize(browser, { acr_values }))
    expect(await claimsFor(server, made, await browser.submit(asked, { code: code() }))).toMatchObject({ acr: 'gold' })
    await changePool(server.harness, made.UserPoolId, { AcrConfiguration: undefined })
  })

  it('is reached by somebody who is not signed in yet', async () => {
    const { code } = await signedIn('from-scratch')
    const browser = open()
    const more = { acr_values: level(4) }
    expect((await browser.follow(await authorize(browser, more))).heading).toBe('Sign in')
    const asked = await typePassword(browser, made, 'from-scratch', password, more)
    expect(asked.heading).toBe('Open your authenticator app')
    expect(await claimsFor(server, made, await browser.submit(asked, { code: code() }))).toMatchObject({ acr: level(4) })
  })

  it.each([
    ['that no pool has', 'platinum urn:cognito:loa:9'],
    ['that the user has no factors for', level(4)],
  ])('%s counts for nothing', async (_, acr_values) => {
    await makeUser(server.harness, made.UserPoolId, `ignored-${acr_values.length}`)
    const browser = open()
    const granted = await typePassword(browser, made, `ignored-${acr_values.length}`, password, { acr_values })
    expect(await claimsFor(server, made, granted)).toMatchObject({ acr: level(1), amr: ['pwd'] })
    // Nor does it keep the login session from being used.
    expect(isGranted(await authorize(browser, { acr_values }))).toBe(true)
  })

  it('counts for nothing in the LITE tier', async () => {
    const lite = await makePagePool(server.harness, { UserPoolTier: 'LITE' })
    await makeUser(server.harness, lite.UserPoolId, 'lite')
    const browser = open()
    const granted = await typePassword(browser, lite, 'lite', password, { acr_values: level(4) })
    expect(await claimsFor(server, lite, granted)).not.toHaveProperty('acr')
    expect(isGranted(await authorize(browser, { acr_values: level(4) }, lite))).toBe(true)
    // Not even where the pool demands more by now.
    await server.harness.ok('SetUserPoolMfaConfig', {
      UserPoolId: lite.UserPoolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
    const account = await browser.follow(await authorize(browser, { acr_values: level(4) }, lite))
    expect((await browser.submit(account, { continue: 'yes' })).heading).toBe('Sign in')
  })

  it('never takes the place of a second factor that the pool demands', async () => {
    const { browser, code } = await signedIn('owes-mfa')
    const asked = await goOn(browser, await authorize(browser, { acr_values: level(1) }))
    expect(asked.heading).toBe('Open your authenticator app')
    expect(isGranted(await browser.submit(asked, {}))).toBe(false)
    expect(await claimsFor(server, made, await browser.submit(asked, { code: code() }))).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] })
  })
})

describe('max_age', () => {
  it('has somebody sign in anew whose sign-in is older, from scratch with acr_values too', async () => {
    const { browser, code, authTime } = await signedIn('too-old')
    for (const more of [{ max_age: '0' }, { max_age: '0', acr_values: level(4) }]) {
      const again = await goOn(browser, await authorize(browser, more))
      expect([again.heading, fieldsOf(again)['username']?.value]).toEqual(['Sign in', 'too-old'])
    }
    const more = { max_age: '0', acr_values: level(4) }
    const asked = await typePassword(browser, made, 'too-old', password, { ...more, prompt: 'login' })
    const claims = await claimsFor(server, made, await browser.submit(asked, { code: code() }))
    expect(claims).toMatchObject({ acr: level(4), amr: ['pwd', 'otp', 'mfa'] })
    expect(claims['auth_time']).toBeGreaterThan(authTime)
  })

  it('leaves a younger sign-in as it is', async () => {
    await makeUser(server.harness, made.UserPoolId, 'young')
    const browser = open()
    await typePassword(browser, made, 'young')
    server.harness.clock.advance(59_000)
    expect(isGranted(await authorize(browser, { max_age: '60' }))).toBe(true)
    server.harness.clock.advance(2_000)
    expect(isGranted(await authorize(browser, { max_age: '60' }))).toBe(false)
  })
})

describe('an application that takes no login session of others', () => {
  it('gives no credit for it either', async () => {
    const { browser } = await signedIn('no-credit')
    await server.harness.ok('SetUserPoolSessionConfiguration', {
      UserPoolId: made.UserPoolId,
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 20 },
    })
    const own = await makeClient(server.harness, made.UserPoolId, { ...pageClient, ExplicitAuthFlows: flows })
    await server.harness.ok('SetUserPoolClientSessionConfiguration', {
      UserPoolId: made.UserPoolId,
      ClientId: own.ClientId,
      SSOSession: { MaxValidityMinutes: 0 },
    })
    const again = await goOn(browser, await authorize(browser, { acr_values: level(4) }, own))
    expect(again.heading).toBe('Sign in')
    const choice = await browser.submit(again, { username: 'no-credit' })
    expect([choice.heading, choicesOf(choice)]).toEqual(['Enter your password', []])
  })
})
