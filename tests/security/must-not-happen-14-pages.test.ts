import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { password, temporaryPassword } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { formsOf, openBrowser, type PageBrowser, type SeenPage } from '../support/page-browser.ts'
import { type AskedOnPage, createPageChallenges, everyPageClient, type PageChallenge } from '../support/page-challenges.ts'
import { authorizeQuery } from '../support/page-pool.ts'
import { isGranted } from '../support/page-steps.ts'
import { pathFunctions } from '../support/sign-in-paths.ts'

let server: OAuthServer
let challenges: PageChallenge[]

beforeAll(async () => {
  server = await startOAuth({}, pathFunctions)
  challenges = await createPageChallenges(server)
})
afterAll(() => server.stop())
beforeEach(() => server.harness.clock.reset())

let users = 0
const someone = () => {
  users += 1
  return `asked-${users}`
}

const isSignedIn = async (browser: PageBrowser, made: MadePool) =>
  [...browser.cookies.keys()].some((name) => name.includes('cognito')) ||
  isGranted(await browser.get(`/oauth2/authorize?${authorizeQuery(made)}`))

const expectNothing = async (browser: PageBrowser, made: MadePool, page: SeenPage, what: string) => {
  expect(page.status, `${what}: ${page.html}`).toBeLessThan(500)
  expect(isGranted(page), `${what}: ${page.location}`).toBe(false)
  expect(await isSignedIn(browser, made), what).toBe(false)
}

const finish = async ({ browser, page, rightly }: AskedOnPage): Promise<SeenPage> => {
  let at = page
  for (const answer of rightly) at = await browser.submit(at, answer(at))
  return at
}

/** Forms that answer nothing, or some other question. */
const strange: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'an empty form': {},
  'empty fields': { code: '', answer: '', password: '', email: '', credential: '' },
  'a code of zeros': { code: '000000' },
  'a code and the name of its field in the API': {
    code: ' ',
    EMAIL_OTP_CODE: '000000',
    SMS_MFA_CODE: '000000',
    SOFTWARE_TOKEN_MFA_CODE: '000000',
  },
  'the first password': { password },
  'the temporary password': { password: temporaryPassword },
  'an unknown choice': { answer: 'NO_MFA' },
  'a choice of another kind': { answer: 'PASSWORD' },
  'another challenge’s name': { challenge: 'PASSWORD', ChallengeName: 'NEW_PASSWORD_REQUIRED', answer: 'NEW_PASSWORD_REQUIRED' },
  'a credential that is none': { credential: '{"id":"x","rawId":"x","type":"public-key","response":{}}' },
  'an address of one’s own': { email: 'mine@example.org' },
  'every field at once': {
    username: 'somebody',
    code: '000000',
    answer: 'SOFTWARE_TOKEN_MFA',
    password,
    email: 'mine@example.org',
    credential: '{}',
  },
  'endless fields': Object.fromEntries(['code', 'answer', 'email', 'credential'].map((name) => [name, 'A'.repeat(10_000)])),
  'the way to skip something': { skip: 'yes', again: 'yes' },
  'the word that goes on': { continue: 'yes' },
}

/** The right password with its name signs in, whether or not it was a choice. */
const isRight = (name: string, fields: Readonly<Record<string, string>>) => name === 'PASSWORD' && fields['password'] === password

describe('must-not-happen 14: pages of a sign-in', () => {
  it('are all left by the right answers', async () => {
    for (const { name, ask } of challenges) {
      const last = await finish(await ask(someone()))
      expect(isGranted(last), `${name}: ${last.heading} ${last.faults}`).toBe(true)
    }
  })

  it.each(Object.entries(strange))('let nobody past with %s', async (what, fields) => {
    for (const { name, made, ask } of challenges) {
      if (isRight(name, fields)) continue
      const { browser, page } = await ask(someone())
      await expectNothing(browser, made, await browser.submit(page, fields), `${name} with ${what}`)
    }
  })

  it('let nobody past who leaves the step out, or brings one that nobody made', async () => {
    for (const { name, made, ask } of challenges) {
      const asked = await ask(someone())
      const { browser, page, rightly } = asked
      const [form] = formsOf(page)
      const right = rightly[0]?.(page) ?? {}
      for (const step of [undefined, '', 'nonsense', form?.hidden['step']?.slice(0, -4)]) {
        const { step: _sealed, ...hidden } = form?.hidden ?? {}
        const fields = { ...hidden, ...right, ...(step === undefined ? {} : { step }) }
        if (!step && isRight(name, fields)) continue
        await expectNothing(browser, made, await browser.post(form?.action ?? '', fields), `${name} with the step ${step}`)
      }
      expect(isGranted(await finish(asked)), name).toBe(true)
    }
  })

  it('are good in the browser, for the application and in the pool that they were shown in alone', async () => {
    for (const { name, made, ask } of challenges) {
      const asked = await ask(someone())
      const { browser, page, rightly } = asked
      const right = rightly[0]?.(page) ?? {}
      const [form] = formsOf(page)
      const other = openBrowser(server.url)
      const [theirs] = formsOf(await other.get(`/login?${authorizeQuery(made)}`))
      const stolen = { ...form?.hidden, ...right, _csrf: theirs?.hidden['_csrf'] ?? '' }
      await expectNothing(other, made, await other.post(form?.action ?? '', stolen), `${name} in another browser`)
      const sibling = await makeClient(server.harness, made.UserPoolId, everyPageClient)
      const foreign = challenges.find((each) => each.made.UserPoolId !== made.UserPoolId)?.made ?? made
      for (const elsewhere of [sibling, foreign]) {
        const answer = await browser.post(`/login?${authorizeQuery(elsewhere)}`, { ...form?.hidden, ...right })
        await expectNothing(browser, elsewhere, answer, `${name} for another application`)
      }
      expect(isGranted(await finish(asked)), name).toBe(true)
    }
  })

  it('are answered once', async () => {
    for (const { name, made, ask } of challenges) {
      const asked = await ask(someone())
      const { browser, page, rightly } = asked
      const before = new Map(browser.cookies)
      const right = rightly[0]?.(page) ?? {}
      expect(isGranted(await finish(asked)), name).toBe(true)
      const replaying = openBrowser(server.url)
      for (const [cookie, value] of before) replaying.cookies.set(cookie, value)
      await expectNothing(replaying, made, await replaying.submit(page, right), `${name} again`)
    }
  })

  it('are not answered after their time', async () => {
    for (const { name, made, ask } of challenges) {
      const { browser, page, rightly } = await ask(someone())
      const sent = rightly[0]?.(page) ?? {}
      server.harness.clock.advance(3 * 60_000)
      const right = { ...sent, ...('code' in sent ? rightly[0]?.(page) : {}) }
      await expectNothing(browser, made, await browser.submit(page, right), `${name}, late`)
    }
  })

  it('give nobody who stands at them a passkey of their own', async () => {
    for (const { name, made, ask } of challenges) {
      const { browser } = await ask(someone())
      const answer = await browser.get(`/passkeys/add?${authorizeQuery(made)}`)
      expect(answer.location, name).toMatch(/^\/(login|error)\?/)
    }
  })
})
