import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { addressesOf, answer, beginOtp, makeMfaPool, makeTokenUser } from '../support/mfa-pool.ts'
import { nobodyOffered, offeredTo } from '../support/nobody-offered.ts'
import { atOnce, outcomes } from '../support/parallel.ts'
import { setUpTotp } from '../support/set-up-totp.ts'
import { accessTokenOf, begin } from '../support/sign-in.ts'

let server: Harness
let required: MadePool
let optional: MadePool
let passwordless: MadePool
let hiding: MadePool

beforeAll(async () => {
  server = await createHarness()
  required = await makeMfaPool(server, 'ON')
  optional = await makeMfaPool(server, 'OPTIONAL')
  const factors: ('PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP')[] = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP']
  passwordless = await makeMfaPool(server, 'OPTIONAL', { pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: factors } } } })
  hiding = await makeClient(server, passwordless.UserPoolId, {
    ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  })
})
afterEach(() => server.clock.reset())
afterAll(() => server.close())

/** A code that a sign-in waits for. */
interface Waiting {
  readonly made: MadePool
  readonly name: string
  readonly username: string
  readonly session: string
  readonly code: string
  readonly respond: (code: string) => Promise<Answer>
}

const waiting = (made: MadePool, name: string, username: string, session: string, code: string): Waiting => ({
  made,
  name,
  username,
  session,
  code,
  respond: (typed) => answer(server, made, name, username, session, { [name === 'SMS_MFA' ? 'SMS_MFA_CODE' : `${name}_CODE`]: typed }),
})

const byPassword = async (username: string, attribute: 'email' | 'phone_number'): Promise<Waiting> => {
  const address = addressesOf(username)[attribute]
  await makeUser(server, required.UserPoolId, username, { [attribute]: address })
  const { body } = await begin(server, required, username)
  return waiting(required, body.ChallengeName, username, body.Session, server.codeSentTo(address))
}
const alone = async (username: string, attribute: 'email' | 'phone_number', made = passwordless): Promise<Waiting> => {
  const address = addressesOf(username)[attribute]
  await makeUser(server, made.UserPoolId, username, { [attribute]: address })
  const name = attribute === 'email' ? 'EMAIL_OTP' : 'SMS_OTP'
  const { body } = await beginOtp(server, made, username, name)
  expect(body.ChallengeName).toBe(name)
  return waiting(made, name, username, body.Session, server.codeSentTo(address))
}
const byApp = async (username: string): Promise<Waiting> => {
  const code = await makeTokenUser(server, optional, username)
  const { body } = await begin(server, optional, username)
  return waiting(optional, body.ChallengeName, username, body.Session, code())
}

const kinds: [name: string, begin: (username: string) => Promise<Waiting>][] = [
  ['SMS_MFA', (username) => byPassword(username, 'phone_number')],
  ['EMAIL_OTP as MFA', (username) => byPassword(username, 'email')],
  ['EMAIL_OTP alone', (username) => alone(username, 'email')],
  ['SMS_OTP alone', (username) => alone(username, 'phone_number')],
  ['SOFTWARE_TOKEN_MFA', byApp],
]

const otherThan = (code: string) => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0')
const locked = ['NotAuthorizedException', 'Password attempts exceeded']
const told = ({ body }: Answer) => [body.__type, body.message]

describe(`must-not-happen 05: codes of sign-ins, ${atOnce} at once:`, () => {
  it.each(kinds)('one of many right ones wins tokens: %s', async (name, wait) => {
    const { respond, code } = await wait(`race-${name.replaceAll(' ', '-')}`)
    const answers = await Promise.all(Array.from({ length: atOnce }, () => respond(code)))
    expect(answers.filter(({ body }) => body.AuthenticationResult !== undefined)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 500)).toEqual([])
  })

  it.each(kinds)('wrong ones do not pass the lock-out: %s', async (name, wait) => {
    const { respond, code } = await wait(`guess-${name.replaceAll(' ', '-')}`)
    const counts = await outcomes(Array.from({ length: atOnce }, () => respond(otherThan(code))))
    expect(counts).toEqual({ CodeMismatchException: 5, NotAuthorizedException: atOnce - 5 })
    expect(told(await respond(code))).toEqual(locked)
    // The lock is over after a second, and the session is still good.
    server.clock.advance(1000)
    const { body } = await respond(code)
    expect(body.AuthenticationResult).toBeDefined()
  })
})

describe('must-not-happen 05: guesses at codes of sign-ins', () => {
  it('are counted for the user over all sessions, challenges, clients and surfaces', async () => {
    const { phone_number, email } = addressesOf('spread')
    await makeUser(server, required.UserPoolId, 'spread', { phone_number, email })
    const other = await makeClient(server, required.UserPoolId)
    const guess = async (made: MadePool, factor: 'SMS_MFA' | 'EMAIL_OTP', admin = false) => {
      const { body } = await begin(server, made, 'spread')
      const chosen = await answer(server, made, 'SELECT_MFA_TYPE', 'spread', body.Session, { ANSWER: factor })
      const input = {
        ClientId: made.ClientId,
        ChallengeName: factor,
        Session: chosen.body.Session,
        ChallengeResponses: {
          USERNAME: 'spread',
          [`${factor}_CODE`]: otherThan(server.codeSentTo(factor === 'SMS_MFA' ? phone_number : email)),
        },
      }
      return admin
        ? server.call('AdminRespondToAuthChallenge', { UserPoolId: made.UserPoolId, ...input })
        : server.call('RespondToAuthChallenge', input)
    }
    const types: string[] = []
    for (const [made, factor, admin] of [
      [required, 'SMS_MFA', false],
      [required, 'EMAIL_OTP', false],
      [other, 'SMS_MFA', false],
      [required, 'SMS_MFA', true],
      [other, 'EMAIL_OTP', true],
    ] as const) {
      types.push((await guess(made, factor, admin)).body.__type)
    }
    expect(types).toEqual(Array.from({ length: 5 }, () => 'CodeMismatchException'))
    for (const admin of [false, true]) expect(told(await guess(required, 'SMS_MFA', admin))).toEqual(locked)
  })

  it('lock for twice as long with every further one', async () => {
    const { respond, code } = await byPassword('doubling', 'email')
    for (let guess = 0; guess < 5; guess += 1) expect((await respond(otherThan(code))).body.__type).toBe('CodeMismatchException')
    for (const seconds of [1, 2, 4, 8]) {
      server.clock.advance(seconds * 1000 - 1)
      expect(told(await respond(code))).toEqual(locked)
      server.clock.advance(1)
      expect((await respond(otherThan(code))).body.__type).toBe('CodeMismatchException')
    }
  })

  it('are forgotten after a right one, and not by sending that one again', async () => {
    const first = await byPassword('forgiven', 'email')
    for (let guess = 0; guess < 4; guess += 1) await first.respond(otherThan(first.code))
    expect((await first.respond(first.code)).status).toBe(200)
    const { body } = await begin(server, required, 'forgiven')
    const second = waiting(required, 'EMAIL_OTP', 'forgiven', body.Session, server.codeSentTo('forgiven@example.org'))
    for (let guess = 0; guess < 4; guess += 1)
      expect((await second.respond(otherThan(second.code))).body.__type).toBe('CodeMismatchException')
    expect((await first.respond(first.code)).body.message).toBe('Invalid session for the user, session can only be used once.')
    expect(told(await second.respond(second.code))).toEqual(locked)
  })

  it('of a stranger, who can ask for a code that signs in, do not lock the second factor', async () => {
    const { respond, code } = await alone('pestered', 'email')
    for (let guess = 0; guess < 5; guess += 1) await respond(otherThan(code))
    expect(told(await respond(code))).toEqual(locked)
    await setUpTotp(server, await accessTokenOf(server, passwordless, 'pestered'))
    expect(told(await respond(code))).toEqual(locked)
  })

  it('at nobody’s code are answered as those at somebody’s, where existence is hidden', async () => {
    const tries = async (username: string) => {
      const { body } = await beginOtp(server, hiding, username, 'EMAIL_OTP')
      const { respond } = waiting(hiding, 'EMAIL_OTP', username, body.Session, '')
      const answers: unknown[] = [{ ...body, Session: body.Session.length }]
      for (let guess = 0; guess < 7; guess += 1) answers.push(told(await respond('00000000')))
      return answers
    }
    await makeUser(server, passwordless.UserPoolId, 'known@x.test', { email: 'known@x.test' })
    const offer = await offeredTo(server, hiding, 'known@x.test')
    // As long a name, with the same mask.
    const stranger = await nobodyOffered(server, hiding, offer, (place) => `k${place + 1000}@x.test`)
    expect(await tries('known@x.test')).toEqual(await tries(stranger))
  })
})

describe('must-not-happen 05: a code of a sign-in', () => {
  it('is bound to its session, user and challenge', async () => {
    const [mine, theirs] = [await byPassword('mine', 'email'), await byPassword('theirs', 'email')]
    const refusals = await Promise.all([
      answer(server, required, 'EMAIL_OTP', 'mine', theirs.session, { EMAIL_OTP_CODE: mine.code }),
      answer(server, required, 'EMAIL_OTP', 'theirs', mine.session, { EMAIL_OTP_CODE: mine.code }),
      answer(server, required, 'SMS_MFA', 'mine', mine.session, { SMS_MFA_CODE: mine.code }),
      answer(server, required, 'SMS_OTP', 'mine', mine.session, { SMS_OTP_CODE: mine.code }),
      answer(server, required, 'SOFTWARE_TOKEN_MFA', 'mine', mine.session, { SOFTWARE_TOKEN_MFA_CODE: mine.code }),
    ])
    for (const { body } of refusals) expect(told({ body } as Answer)).toEqual(['NotAuthorizedException', 'Invalid session for the user.'])
    if (mine.code !== theirs.code) expect((await theirs.respond(mine.code)).body.__type).toBe('CodeMismatchException')
  })

  it('is bound to its app client', async () => {
    const { session, code } = await byPassword('clients', 'email')
    const other = await makeClient(server, required.UserPoolId)
    const { body } = await answer(server, other, 'EMAIL_OTP', 'clients', session, { EMAIL_OTP_CODE: code })
    expect(body.message).toBe('Invalid session for the user.')
  })

  it('proves nothing that another code proves: neither confirms, resets nor verifies', async () => {
    const { code, username } = await byPassword('borrowed', 'email')
    const { ClientId } = required
    const others = [
      server.call('ConfirmForgotPassword', { ClientId, Username: username, ConfirmationCode: code, Password: 'Brand-New-Horse-8' }),
      server.call('ConfirmSignUp', { ClientId, Username: username, ConfirmationCode: code }),
    ]
    for (const { status } of await Promise.all(others)) expect(status).toBe(400)
  })

  it('dies with a sign-out everywhere', async () => {
    const { respond, code, username } = await byPassword('gone', 'email')
    await server.ok('AdminUserGlobalSignOut', { UserPoolId: required.UserPoolId, Username: username })
    expect((await respond(code)).body.message).toBe('Invalid session for the user.')
  })
})
