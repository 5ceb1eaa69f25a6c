import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { everyFlow, type MadePool, makeClient } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser, type PageBrowser } from '../support/page-browser.ts'
import { authorizeQuery, callback, makePagePool, pageClient } from '../support/page-pool.ts'
import { isGranted, openSignIn, typePassword } from '../support/page-steps.ts'
import { trackSessions } from '../support/tracked-sessions.ts'

const minute = 60_000
const day = 86_400_000

let server: OAuthServer
/** Takes login sessions for a month. */
let patient: MadePool
/** Takes them for an hour. */
let strict: MadePool

const flows = { ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const] }
const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'WEB_AUTHN' as const] } }

beforeAll(async () => {
  server = await startOAuth()
  patient = await makePagePool(server.harness, { Policies }, flows)
  const { UserPoolId } = patient
  strict = await makeClient(server.harness, UserPoolId, { ...pageClient, ...flows })
  await trackSessions(server.harness, patient)
  for (const [{ ClientId }, MaxValidityMinutes] of [
    [patient, 30 * 24 * 60],
    [strict, 60],
  ] as const) {
    await server.harness.ok('SetUserPoolClientSessionConfiguration', { UserPoolId, ClientId, SSOSession: { MaxValidityMinutes } })
  }
})
afterAll(() => server.stop())
beforeEach(() => server.harness.clock.reset())

const purge = async (at: number) => {
  while ((await server.harness.store.maintenance.purge({ actor: 'test', requestId: 'r', action: 'Purge', at }, 1000)) > 0) {
    // Everything that has expired goes.
  }
}

/** A copy of the browser with its cookie of now. */
const copyOf = (browser: PageBrowser): PageBrowser => {
  const copy = openBrowser(server.url)
  for (const [name, value] of browser.cookies) if (name.startsWith('cognito.')) copy.cookies.set(name, value)
  return copy
}

/** Somebody signs in where a login lasts for a month, then where it lasts for an hour; and a copy of the first cookie. */
const signedInTwice = async (username: string) => {
  await makeUser(server.harness, patient.UserPoolId, username)
  const browser = openBrowser(server.url)
  expect(isGranted(await typePassword(browser, patient, username))).toBe(true)
  const copy = copyOf(browser)
  server.harness.clock.advance(minute)
  expect(isGranted(await typePassword(browser, strict, username, undefined, { prompt: 'login' }))).toBe(true)
  server.harness.clock.advance(minute)
  return { browser, copy }
}

const listed = async (Username: string): Promise<{ SessionId: string; SessionType: string }[]> =>
  (await server.harness.ok('AdminListUserSessions', { UserPoolId: patient.UserPoolId, Username })).Sessions

/** What a cookie of a login session is good for. */
const goodFor = async (browser: PageBrowser) => {
  const asked = await openSignIn(browser, patient)
  const stepped = await openSignIn(browser, patient, { acr_values: 'urn:cognito:loa:1' })
  const page = await browser.get(`/passkeys/add?${new URLSearchParams({ client_id: patient.ClientId, redirect_uri: callback })}`)
  return {
    silently: isGranted(await browser.get(`/oauth2/authorize?${authorizeQuery(patient)}`)),
    bySelection: isGranted(await browser.submit(asked, { continue: 'yes' })),
    bySteppingUp: isGranted(await browser.submit(stepped, { continue: 'yes' })),
    forPasskey: page.status === 200,
  }
}
const everything = { silently: true, bySelection: true, bySteppingUp: true, forPasskey: true }
const nothing = { silently: false, bySelection: false, bySteppingUp: false, forPasskey: false }

describe('must-not-happen 13: a login session that was ended stays ended', () => {
  it.each([
    [
      'signed out',
      async (_: string, browser: PageBrowser) => {
        const bye = new URLSearchParams({ client_id: strict.ClientId, logout_uri: 'https://app.example.com/bye' })
        expect((await browser.get(`/logout?${bye}`)).location).toBe('https://app.example.com/bye')
      },
    ],
    [
      'revoked',
      async (Username: string) => {
        const [sso] = (await listed(Username)).filter(({ SessionType }) => SessionType === 'SSO')
        const SessionId = sso?.SessionId ?? ''
        await server.harness.ok('AdminRevokeUserSession', { UserPoolId: patient.UserPoolId, Username, SessionId })
      },
    ],
  ] as const)('for every cookie of it and as long as one lives: %s', async (name, end) => {
    const username = `ended ${name}`.replaceAll(' ', '-')
    const { browser, copy } = await signedInTwice(username)
    for (const each of [browser, copy]) expect(await goodFor(each)).toEqual(everything)
    await end(username, browser)
    for (const after of [0, 2 * 3_600_000, 26 * 3_600_000, 27 * day]) {
      server.harness.clock.advance(after)
      await purge(server.harness.clock.now())
      expect(await goodFor(copy)).toEqual(nothing)
    }
  })

  it('also where nothing but its absence from the list tells', async () => {
    const { copy } = await signedInTwice('absent')
    await purge(server.harness.clock.now() + 200 * day)
    expect(await listed('absent')).toEqual([])
    expect(await goodFor(copy)).toEqual(nothing)
  })

  it('and one that was not can be ended: a sign-in elsewhere takes it off the list no sooner', async () => {
    const { copy } = await signedInTwice('listed')
    server.harness.clock.advance(29 * day)
    await purge(server.harness.clock.now())
    expect(isGranted(await copy.get(`/oauth2/authorize?${authorizeQuery(patient)}`))).toBe(true)
    expect((await listed('listed')).filter(({ SessionType }) => SessionType === 'SSO')).toHaveLength(1)
  })
})
