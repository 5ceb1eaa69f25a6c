import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed } from '../support/attributes.ts'
import { countWork, type Work } from '../support/count-work.ts'
import type { MadePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser, type PageBrowser, type SeenPage } from '../support/page-browser.ts'
import { fieldsOf } from '../support/page-notes.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'
import { signUpUser } from '../support/sign-up-user.ts'

const tiers = { 1: 'LITE', 2: 'ESSENTIALS' } as const
const wrong = 'Wrong-Horse-7'

let server: OAuthServer
let work: Work
const pools = new Map<1 | 2, MadePool>()

interface Way {
  readonly page: string
  /** What is sent, one form after the other. */
  readonly steps: readonly ((username: string) => Record<string, string>)[]
}

const named = (username: string) => ({ username })
const newPassword = { code: '000000', password: 'Brand-New-Horse-8' }

const ways: Record<string, Way> = {
  'a forgotten password': { page: 'forgotPassword', steps: [named] },
  'a wrong reset code': { page: 'forgotPassword', steps: [named, () => newPassword] },
  'a reset code that nobody asked for': { page: 'confirmforgotPassword', steps: [(username) => ({ username, ...newPassword })] },
  'a resent code': { page: 'resendcode', steps: [named] },
  'a wrong sign-up code': { page: 'confirm', steps: [(username) => ({ username, code: '000000' })] },
  'a wrong sign-up code, after a resent one': { page: 'resendcode', steps: [named, () => ({ code: '000000' })] },
  'a wrong password': { page: 'login', steps: [named, (username) => ({ username, password: wrong })] },
}

const address = (username: string) => `${username}@example.org`
const reachable = (username: string) => ({ email: address(username), email_verified: 'true' })

/** Every state that a known user may be in. */
const states: Record<string, (made: MadePool, username: string) => Promise<unknown>> = {
  confirmed: (made, username) => makeUser(server.harness, made.UserPoolId, username, reachable(username)),
  'without an address': (made, username) => makeUser(server.harness, made.UserPoolId, username),
  unconfirmed: (made, username) => signUpUser(server.harness, made, username, { email: address(username) }),
  disabled: async (made, username) => {
    await makeUser(server.harness, made.UserPoolId, username, reachable(username))
    await server.harness.ok('AdminDisableUser', { UserPoolId: made.UserPoolId, Username: username })
  },
  invited: (made, Username) =>
    server.harness.ok('AdminCreateUser', {
      UserPoolId: made.UserPoolId,
      Username,
      TemporaryPassword: password,
      MessageAction: 'SUPPRESS',
      UserAttributes: listed(reachable(Username)),
    }),
  'to be reset': async (made, username) => {
    await makeUser(server.harness, made.UserPoolId, username, reachable(username))
    await server.harness.ok('AdminResetUserPassword', { UserPoolId: made.UserPoolId, Username: username })
  },
}

/** Everything of an answer, with what is drawn anew every time by its length. */
const shapeOf = (page: SeenPage, username: string) => {
  const { 'x-amz-cognito-request-id': _, date: __, 'set-cookie': cookies = [], ...headers } = page.headers
  const html = page.html
    .replaceAll(/(name="(?:_csrf|sent|step)" value=")([^"]*)"/g, (_, before: string, value: string) => `${before}${value.length}"`)
    .replaceAll(username, 'somebody')
  return { status: page.status, headers, html, cookies: [cookies].flat().map((cookie) => cookie.replace(/=[^;]*/, '')) }
}

/** Classic pages take name and password at once. */
const stepsOf = (way: Way, version: 1 | 2) => (way.page === 'login' && version === 1 ? way.steps.slice(1) : way.steps)

const go = async (version: 1 | 2, way: Way, username: string) => {
  const browser: PageBrowser = openBrowser(server.url)
  let page = await browser.get(`/${way.page}?${authorizeQuery(pools.get(version) as MadePool)}`)
  const seen: unknown[] = []
  for (const step of stepsOf(way, version)) {
    work.take()
    page = await browser.submit(page, step(username))
    seen.push({ ...shapeOf(page, username), work: commits(work.take()) })
  }
  return { seen, page }
}

/** Charging and storing a code cost one commit each; charging a code that is not there commits nothing. */
const commits = (verbs: readonly string[]): string[] =>
  verbs
    .filter((verb, place) => !(verb === 'codes.charge' && verbs[place + 1] === 'codes.put'))
    .map((verb) => (verb === 'codes.charge' || verb === 'codes.put' ? 'a code is written' : verb))

const nameOf = (who: 'known' | 'other', ...words: string[]) => `${who}-${words.join('-')}`.replaceAll(/\W/g, '-').slice(0, 60)

beforeAll(async () => {
  server = await startOAuth(
    {},
    {},
    {
      through: (harness) => {
        work = countWork(harness)
        return { ...harness, ...work.services }
      },
    },
  )
  for (const version of [1, 2] as const) {
    const made = await makePagePool(server.harness, { UserPoolTier: tiers[version] }, { PreventUserExistenceErrors: 'ENABLED' })
    pools.set(version, made)
    for (const [state, make] of Object.entries(states)) {
      for (const way of Object.keys(ways)) await make(made, nameOf('known', state, way))
    }
    // Keys of the pool are made at first need.
    for (const way of Object.values(ways)) await go(version, way, 'warm-up')
  }
})
afterAll(() => server.stop())

describe.each([1, 2] as const)(
  'must-not-happen 34: on pages of version %i of a client that hides existence, nobody learns who exists',
  (version) => {
    for (const [name, way] of Object.entries(ways)) {
      it.each(Object.keys(states))(`by ${name} of a user who is %s: same pages, for the same work`, async (state) => {
        const known = await go(version, way, nameOf('known', state, name))
        const unknown = await go(version, way, nameOf('other', state, name))
        expect(known.seen).toEqual(unknown.seen)
        expect(known.page.status).toBe(200)
        expect(known.page.faults.length > 0 || Object.keys(fieldsOf(known.page)).length > 0).toBe(true)
      })
    }

    it('by the number of codes that may be asked for in an hour', async () => {
      const made = pools.get(version) as MadePool
      await makeUser(server.harness, made.UserPoolId, 'asked', reachable('asked'))
      for (const [way, tries] of [
        ['a forgotten password', 22],
        ['a resent code', 7],
      ] as const) {
        const all = async (username: string) => {
          const answers: unknown[] = []
          for (let time = 0; time < tries; time += 1) answers.push((await go(version, ways[way] as Way, username)).seen)
          return answers
        }
        const known = await all('asked')
        expect(await all('zzzzz')).toEqual(known)
        expect(JSON.stringify(known.at(-1))).toContain('many codes in a short time')
      }
    })

    it('by the lock-out', async () => {
      const made = pools.get(version) as MadePool
      await makeUser(server.harness, made.UserPoolId, 'locks', reachable('locks'))
      const tries = async (username: string) => {
        const answers: unknown[] = []
        for (let failure = 0; failure < 7; failure += 1) answers.push((await go(version, ways['a wrong password'] as Way, username)).seen)
        return answers
      }
      const known = await tries('locks')
      expect(await tries('zzzzz')).toEqual(known)
      expect(JSON.stringify(known.at(-1))).toContain('Too many tries')
    })
  },
)

describe('must-not-happen 34: what a page may tell', () => {
  it('is no more where the application names a level: a client that offers no choice asks everybody for the password', async () => {
    const made = await makePagePool(
      server.harness,
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } } },
      { PreventUserExistenceErrors: 'ENABLED' },
    )
    const { UserPoolId } = made
    await makeUser(server.harness, UserPoolId, 'has-password', reachable('has-password'))
    const UserAttributes = listed(reachable('has-no-words'))
    await server.harness.ok('AdminCreateUser', { UserPoolId, Username: 'has-no-words', MessageAction: 'SUPPRESS', UserAttributes })
    for (const acr_values of [1, 2, 3, 4].map((level) => `urn:cognito:loa:${level}`)) {
      const ask = async (username: string) => {
        const browser = openBrowser(server.url)
        const page = await browser.submit(await browser.get(`/login?${authorizeQuery(made, { acr_values })}`), { username })
        return [page, await browser.submit(page, { password: wrong })].map((each) => shapeOf(each, username))
      }
      const known = await ask('has-password')
      expect(known[0]?.html).toContain('Enter your password')
      for (const name of ['has-no-words', 'nobody-in-01', 'nobody-in-02', 'nobody-in-03']) expect(await ask(name), name).toEqual(known)
    }
  })

  it('is for who knows the password or the code: a sign-up that waits for its confirmation', async () => {
    const made = pools.get(2) as MadePool
    await signUpUser(server.harness, made, 'waits', { email: address('waits') })
    const { page } = await go(2, { page: 'login', steps: [named, (username) => ({ username, password })] }, 'waits')
    expect(page.heading).toBe('Confirm your account')
  })

  it('is nothing at links in mails: they fail alike for everybody', async () => {
    const made = pools.get(2) as MadePool
    await makeUser(server.harness, made.UserPoolId, 'mailed', reachable('mailed'))
    await signUpUser(server.harness, made, 'signed', { email: address('signed') })
    const open = async (user_name: string) => {
      const link = `/confirmUser?${new URLSearchParams({ client_id: made.ClientId, user_name, confirmation_code: '000000' })}`
      return shapeOf(await openBrowser(server.url).get(link), user_name)
    }
    const unknown = await open('nobody')
    for (const name of ['mailed', 'signed']) expect(await open(name)).toEqual(unknown)
    expect(unknown.html).toContain('This link doesn’t work')
  })
})
