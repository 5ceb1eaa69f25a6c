import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeClient } from './support/change-settings.ts'
import { everyFlow, type MadePool, makeClient } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser } from './support/page-browser.ts'
import { authorizeQuery, makePagePool, pageClient } from './support/page-pool.ts'
import { claimsFor, isGranted, openSignIn, typeName, typePassword } from './support/page-steps.ts'
import { pathFunctions, pathLambdaConfig } from './support/sign-in-paths.ts'

const ExplicitAuthFlows = [...(everyFlow ?? []), 'ALLOW_CUSTOM_AUTH' as const]
const settings = { LambdaConfig: pathLambdaConfig }
/** What CreateAuthChallenge shows, unless a test says otherwise. */
let shown: Record<string, string> = { question: 'Which <colour> do you like?' }

const functions = {
  ...pathFunctions,
  [pathLambdaConfig.CreateAuthChallenge]: (event: Parameters<(typeof pathFunctions)[string]>[0]) => ({
    ...event,
    response: { publicChallengeParameters: shown, privateChallengeParameters: { answer: 'blue' } },
  }),
}

let server: OAuthServer
let made: MadePool

beforeAll(async () => {
  server = await startOAuth({ customAuthPages: true }, functions)
  made = await makePagePool(server.harness, settings, { ExplicitAuthFlows })
})
afterAll(() => server.stop())
beforeEach(() => server.harness.clock.reset())

const open = () => openBrowser(server.url)

describe('custom challenges on pages', () => {
  it('take the place of the password', async () => {
    await makeUser(server.harness, made.UserPoolId, 'answers')
    const browser = open()
    const page = await typeName(browser, made, 'answers')
    expect([page.status, page.heading]).toEqual([200, 'One more step'])
    expect(page.html).toContain('>Which &lt;colour&gt; do you like?<')
    expect((await browser.submit(page, {})).faults).toEqual(Array(2).fill('Please fill this in.'))
    expect(await claimsFor(server, made, await browser.submit(page, { answer: 'blue' }))).toMatchObject({ username: 'answers', amr: [] })
    // One question is answered once.
    expect((await browser.submit(page, { answer: 'blue' })).location).not.toContain('code=')
  })

  it('let nobody past with a wrong answer, who then begins anew', async () => {
    await makeUser(server.harness, made.UserPoolId, 'guesses')
    const browser = open()
    const refused = await browser.submit(await typeName(browser, made, 'guesses'), { answer: 'red' })
    expect([refused.heading, refused.faults]).toEqual(['Sign in', ['That answer is not right. Try again.']])
    const again = await browser.submit(refused, { username: 'guesses' })
    expect(isGranted(await browser.submit(again, { answer: 'blue' }))).toBe(true)
  })

  it('show everything where there is no question', async () => {
    await makeUser(server.harness, made.UserPoolId, 'reads')
    shown = { captcha: '<img src=x>', hint: 'a sea' }
    const page = await typeName(open(), made, 'reads')
    expect(page.html).toContain('>captcha: &lt;img src=x&gt;<')
    expect(page.html).toContain('>hint: a sea<')
    expect(page.html).not.toContain('USERNAME')
    shown = { prompt: 'Say blue', other: 'not shown' }
    const prompted = await typeName(open(), made, 'reads')
    expect(prompted.html).toContain('>Say blue<')
    expect(prompted.html).not.toContain('not shown')
  })

  it('can not be gone round with a password', async () => {
    await makeUser(server.harness, made.UserPoolId, 'goes-round')
    const browser = open()
    const page = await browser.submit(await openSignIn(browser, made), { username: 'goes-round', password })
    expect(page.heading).toBe('One more step')
    expect((await browser.submit(page, { password, code: '123456' })).location).toBe('')
    const aiming = await openSignIn(browser, made, { acr_values: 'urn:cognito:loa:1' })
    expect((await browser.submit(aiming, { username: 'goes-round', password })).heading).toBe('One more step')
  })

  it('can not be gone round with a login session of another application', async () => {
    await makeUser(server.harness, made.UserPoolId, 'comes-by')
    const other = await makeClient(server.harness, made.UserPoolId, { ...pageClient, ExplicitAuthFlows: everyFlow })
    const browser = open()
    expect(isGranted(await typePassword(browser, other, 'comes-by'))).toBe(true)
    const query = authorizeQuery(made)
    expect((await browser.get(`/oauth2/authorize?${query}`)).location).toBe(`/login?${query}`)
    const asked = await browser.submit(await openSignIn(browser, made), { continue: 'yes' })
    expect([asked.heading, asked.location]).toEqual(['Sign in', ''])
    const page = await browser.submit(asked, { username: 'comes-by' })
    expect(isGranted(await browser.submit(page, { answer: 'blue' }))).toBe(true)
    expect(isGranted(await browser.get(`/oauth2/authorize?${query}`))).toBe(true)
  })

  it('are not taken for what other applications ask for', async () => {
    await makeUser(server.harness, made.UserPoolId, 'goes-by')
    const other = await makeClient(server.harness, made.UserPoolId, { ...pageClient, ExplicitAuthFlows: everyFlow })
    const browser = open()
    expect(isGranted(await browser.submit(await typeName(browser, made, 'goes-by'), { answer: 'blue' }))).toBe(true)
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(other)}`)).location).toMatch(/^\/login\?/)
    for (const more of [{}, { acr_values: 'urn:cognito:loa:1' }]) {
      const asked = await browser.submit(await openSignIn(browser, other, more), { continue: 'yes' })
      expect([asked.heading, asked.location]).toEqual(['Sign in', ''])
    }
    expect(isGranted(await typePassword(browser, other, 'goes-by', undefined, { prompt: 'login' }))).toBe(true)
  })

  it('are asked on classic pages as well, without a field for the password', async () => {
    const old = await makePagePool(server.harness, { ...settings, UserPoolTier: 'LITE' }, { ExplicitAuthFlows })
    await makeUser(server.harness, old.UserPoolId, 'classic')
    const browser = open()
    const page = await openSignIn(browser, old)
    expect(page.html).toContain('data-version="1"')
    expect(page.html).not.toContain('type="password"')
    expect(page.html).not.toContain('Forgot your password?')
    const asked = await browser.submit(page, { username: 'classic', password })
    expect([asked.heading, asked.location]).toEqual(['One more step', ''])
    expect((await browser.submit(asked, { answer: 'red' })).faults).toEqual(['That answer is not right. Try again.'])
    expect(isGranted(await browser.submit(await browser.submit(page, { username: 'classic' }), { answer: 'blue' }))).toBe(true)
  })

  it('can not be gone round at another domain of the pool', async () => {
    const two = await makePagePool(server.harness, settings, { ExplicitAuthFlows })
    const { UserPoolId } = two
    await makeUser(server.harness, UserPoolId, 'two-domains')
    await server.harness.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'old', ManagedLoginVersion: 1 })
    const browser = openBrowser(server.url, 'old.auth.us-east-1.localhost:9339')
    const page = await openSignIn(browser, two)
    expect(page.html).toContain('data-version="1"')
    const asked = await browser.submit(page, { username: 'two-domains', password })
    expect([asked.heading, asked.location]).toEqual(['One more step', ''])
  })

  it('are followed by the second factor that the pool requires', async () => {
    const strict = await makePagePool(server.harness, settings, { ExplicitAuthFlows })
    await server.harness.ok('SetUserPoolMfaConfig', {
      UserPoolId: strict.UserPoolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
    await makeUser(server.harness, strict.UserPoolId, 'owes')
    const browser = open()
    const page = await browser.submit(await typeName(browser, strict, 'owes'), { answer: 'blue' })
    expect(page.heading).toBe('Set up your authenticator app')
  })

  it('end when the app client loses the flow meanwhile', async () => {
    const losing = await makePagePool(server.harness, settings, { ExplicitAuthFlows })
    await makeUser(server.harness, losing.UserPoolId, 'loses')
    const browser = open()
    const page = await typeName(browser, losing, 'loses')
    await changeClient(server.harness, losing.ClientId, { ExplicitAuthFlows: everyFlow ?? [] })
    const answer = await browser.submit(page, { answer: 'blue' })
    expect([answer.location, answer.heading]).toEqual(['', 'Sign in'])
  })

  it.each([
    [
      'in pools that lack one of the functions',
      { LambdaConfig: { ...pathLambdaConfig, CreateAuthChallenge: undefined } },
      ExplicitAuthFlows,
    ],
    ['for clients without the flow', settings, everyFlow],
  ])('are not asked %s', async (what, pool, flows) => {
    const other = await makePagePool(server.harness, pool, { ExplicitAuthFlows: flows })
    const username = what.replaceAll(' ', '-')
    await makeUser(server.harness, other.UserPoolId, username)
    expect(isGranted(await typePassword(open(), other, username))).toBe(true)
  })

  it('are not asked unless the operator wants it', async () => {
    const usual = await startOAuth({}, functions)
    const pool = await makePagePool(usual.harness, settings, { ExplicitAuthFlows })
    await makeUser(usual.harness, pool.UserPoolId, 'usual')
    expect(isGranted(await typePassword(openBrowser(usual.url), pool, 'usual'))).toBe(true)
    await usual.stop()
  })
})
