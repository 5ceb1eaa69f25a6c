import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { guessesPerCode, hourlyLimits } from '../../src/domain/quotas.ts'
import type { MadePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser, type PageBrowser, type SeenPage } from '../support/page-browser.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'
import { atOnce } from '../support/parallel.ts'
import { signIn } from '../support/sign-in.ts'
import { signUpUser } from '../support/sign-up-user.ts'

const newPassword = 'Brand-New-Horse-8'
const hour = 3_600_000
const tooOften = 'Too many tries. Wait a few minutes, then try again.'

let server: OAuthServer
let pool: MadePool

beforeAll(async () => {
  server = await startOAuth()
  pool = await makePagePool(server.harness)
})
afterAll(() => server.stop())
beforeEach(() => server.harness.clock.reset())

const address = (username: string) => `${username}@example.org`
const codeOf = (username: string) => server.harness.codeSentTo(address(username))
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)
const inTurn = async <T>(count: number, make: () => Promise<T>): Promise<T[]> => {
  const made: T[] = []
  for (let time = 0; time < count; time += 1) made.push(await make())
  return made
}

/** A form of a page, open in a browser. */
const open = async (page: string): Promise<(fields: Record<string, string>) => Promise<SeenPage>> => {
  const browser: PageBrowser = openBrowser(server.url)
  const form = await browser.get(`/${page}?${authorizeQuery(pool)}`)
  return (fields) => browser.submit(form, fields)
}

const kinds = {
  'of a sign-up': {
    prepare: (username: string) => signUpUser(server.harness, pool, username, { email: address(username) }),
    page: 'confirm',
    fields: (username: string, code: string) => ({ username, code }),
    call: (Username: string, ConfirmationCode: string) =>
      server.harness.call('ConfirmSignUp', { ClientId: pool.ClientId, Username, ConfirmationCode }),
  },
  'that resets a password': {
    prepare: async (username: string) => {
      await makeUser(server.harness, pool.UserPoolId, username, { email: address(username), email_verified: 'true' })
      await server.harness.ok('ForgotPassword', { ClientId: pool.ClientId, Username: username })
    },
    page: 'confirmforgotPassword',
    fields: (username: string, code: string) => ({ username, code, password: newPassword }),
    call: (Username: string, ConfirmationCode: string) =>
      server.harness.call('ConfirmForgotPassword', { ClientId: pool.ClientId, Username, ConfirmationCode, Password: newPassword }),
  },
} as const

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('must-not-happen 05: guesses at a code %s', (kind) => {
  const { prepare, page, fields, call } = kinds[kind]
  const key = page.toLowerCase()

  it('on pages and through the API count together', async () => {
    const username = `both-${key}`
    await prepare(username)
    const right = codeOf(username)
    const guess = await open(page)
    for (const { body } of await inTurn(guessesPerCode - 7, () => call(username, otherThan(right)))) {
      expect(body.__type).toBe('CodeMismatchException')
    }
    for (const { faults } of await inTurn(7, () => guess(fields(username, otherThan(right)))))
      expect(faults[1]).toMatch(/^That code is not right/)
    expect((await guess(fields(username, right))).faults).toEqual([tooOften])
    expect((await call(username, right)).body.__type).toBe('LimitExceededException')
    // An hour later the allowance is back, and the code that was guessed at is dead all the same.
    server.harness.clock.advance(hour)
    expect((await guess(fields(username, right))).faults.length).toBeGreaterThan(0)
  })

  it(`do not pass the cap, ${atOnce} at once`, async () => {
    const username = `flood-${key}`
    await prepare(username)
    const right = codeOf(username)
    const guess = await open(page)
    const answers = await Promise.all(times(atOnce, () => guess(fields(username, otherThan(right)))))
    const judged = answers.filter(({ faults }) => faults.some((fault) => fault.startsWith('That code is not right')))
    expect(judged.length).toBeLessThanOrEqual(guessesPerCode)
    expect(answers.filter(({ faults }) => faults[0] === tooOften)).toHaveLength(atOnce - judged.length)
    expect((await guess(fields(username, right))).faults).toEqual([tooOften])
  })

  it(`win once, of ${atOnce} right ones`, async () => {
    const username = `race-${key}`
    await prepare(username)
    const answer = await open(page)
    const answers = await Promise.all(times(atOnce, () => answer(fields(username, codeOf(username)))))
    expect(answers.filter(({ html }) => /is confirmed\. You can sign in|Your new password is saved/.test(html))).toHaveLength(1)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })
})

describe('must-not-happen 05: what is asked for', () => {
  it('as codes to reset a password counts on pages and through the API together', async () => {
    await makeUser(server.harness, pool.UserPoolId, 'asks', { email: address('asks'), email_verified: 'true' })
    const ask = await open('forgotPassword')
    const half = hourlyLimits.forgotPassword / 2
    await inTurn(half, () => server.harness.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'asks' }))
    for (const { heading } of await inTurn(half, () => ask({ username: 'asks' }))) expect(heading).toBe('Set a new password')
    expect((await ask({ username: 'asks' })).faults[0]).toContain('many codes in a short time')
    expect((await server.harness.refused('ForgotPassword', { ClientId: pool.ClientId, Username: 'asks' }))[0]).toBe(
      'LimitExceededException',
    )
  })

  it('as another confirmation code does too', async () => {
    await signUpUser(server.harness, pool, 'resends', { email: address('resends') })
    const ask = await open('resendcode')
    const call = () => server.harness.call('ResendConfirmationCode', { ClientId: pool.ClientId, Username: 'resends' })
    await inTurn(hourlyLimits.resendConfirmationCode - 2, call)
    for (const { faults } of await inTurn(2, () => ask({ username: 'resends' }))) expect(faults).toEqual([])
    expect((await ask({ username: 'resends' })).faults[0]).toContain('many codes in a short time')
    expect((await call()).body.__type).toBe('LimitExceededException')
  })

  it('with links of mails counts as what is typed does', async () => {
    await signUpUser(server.harness, pool, 'clicks', { email: address('clicks') })
    const right = codeOf('clicks')
    const browser = openBrowser(server.url)
    const click = (confirmation_code: string) =>
      browser.get(`/confirmUser?${new URLSearchParams({ client_id: pool.ClientId, user_name: 'clicks', confirmation_code })}`)
    await inTurn(guessesPerCode, () => click(otherThan(right)))
    expect((await click(right)).html).toContain('Too many tries')
    const [type] = await server.harness.refused('ConfirmSignUp', {
      ClientId: pool.ClientId,
      Username: 'clicks',
      ConfirmationCode: right,
    })
    expect(type).toBe('LimitExceededException')
  })

  it('as passwords locks the user everywhere', async () => {
    await makeUser(server.harness, pool.UserPoolId, 'locked')
    const browser = openBrowser(server.url)
    const identified = await browser.submit(await browser.get(`/login?${authorizeQuery(pool)}`), { username: 'locked' })
    for (let failure = 1; failure <= 3; failure += 1) await signIn(server.harness, pool, 'locked', 'Wrong-Horse-7')
    for (let failure = 4; failure <= 5; failure += 1) await browser.submit(identified, { password: 'Wrong-Horse-7' })
    expect(await signIn(server.harness, pool, 'locked')).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
    expect((await browser.submit(identified, { password })).faults).toEqual([tooOften])
  })
})
