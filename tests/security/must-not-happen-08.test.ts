import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { answer, makeMfaPool, makeTokenUser } from '../support/mfa-pool.ts'
import { atOnce, outcomes } from '../support/parallel.ts'
import { setUpTotp } from '../support/set-up-totp.ts'
import { accessTokenOf, begin, signIn } from '../support/sign-in.ts'
import { totpCode } from '../support/totp-code.ts'

let server: Harness
let optional: MadePool
let required: MadePool

beforeAll(async () => {
  server = await createHarness()
  optional = await makeMfaPool(server, 'OPTIONAL')
  required = await makeMfaPool(server, 'ON')
})
afterEach(() => server.clock.reset())
afterAll(() => server.close())

const many = <T>(run: () => Promise<T>) => Array.from({ length: atOnce }, run)
const now = (secret: string) => totpCode(secret, server.clock.now())
const otherThan = (secret: string) => {
  const near = [-30_000, 0, 30_000].map((offset) => totpCode(secret, server.clock.now() + offset))
  return ['000000', '000001', '000002', '000003'].find((code) => !near.includes(code)) ?? ''
}

const respond = (made: MadePool, username: string, session: string, code: string) =>
  answer(server, made, 'SOFTWARE_TOKEN_MFA', username, session, { SOFTWARE_TOKEN_MFA_CODE: code })

/** Somebody signed in without a second factor. */
const caller = async (username: string): Promise<string> => {
  await makeUser(server, optional.UserPoolId, username)
  return accessTokenOf(server, optional, username)
}
/** The session of somebody who must set a second factor up. */
const owing = async (username: string): Promise<string> => {
  await makeUser(server, required.UserPoolId, username)
  return (await begin(server, required, username)).body.Session
}

describe('must-not-happen 08: a code of a software token', () => {
  it(`sent in ${atOnce} sign-ins at once lets one in`, async () => {
    const code = await makeTokenUser(server, optional, 'busy')
    const begun = await Promise.all(many(() => begin(server, optional, 'busy')))
    const answers = await Promise.all(begun.map(({ body }) => respond(optional, 'busy', body.Session, code())))
    expect(answers.filter(({ body }) => body.AuthenticationResult !== undefined)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 500)).toEqual([])
  })

  it('is good for no second sign-in as long as any clock would take it', async () => {
    const code = await makeTokenUser(server, optional, 'slow')
    // The app's clock is a step ahead.
    server.clock.advance(30_000)
    const ahead = code()
    server.clock.advance(-30_000)
    const sessions = [await begin(server, optional, 'slow'), await begin(server, optional, 'slow')].map(
      ({ body }) => body.Session as string,
    )
    expect((await respond(optional, 'slow', sessions[0] ?? '', ahead)).status).toBe(200)
    for (const wait of [0, 30_000, 30_000, 29_999]) {
      server.clock.advance(wait)
      expect((await respond(optional, 'slow', sessions[1] ?? '', ahead)).body.__type).toBe('ExpiredCodeException')
    }
    server.clock.advance(1)
    expect((await respond(optional, 'slow', sessions[1] ?? '', ahead)).body.__type).toBe('CodeMismatchException')
  })

  it(`sent to VerifySoftwareToken ${atOnce} times at once is taken once`, async () => {
    const AccessToken = await caller('eager')
    const { SecretCode } = await server.ok('AssociateSoftwareToken', { AccessToken })
    const counts = await outcomes(many(() => server.call('VerifySoftwareToken', { AccessToken, UserCode: now(SecretCode) })))
    expect(counts['ok']).toBe(1)
    const first = await owing('eager-session')
    const { SecretCode: secret, Session } = await server.ok('AssociateSoftwareToken', { Session: first })
    const again = await outcomes(many(() => server.call('VerifySoftwareToken', { Session, UserCode: now(secret) })))
    expect(again['ok']).toBe(1)
  })
})

describe('must-not-happen 08: guesses at VerifySoftwareToken', () => {
  it.each(['access token', 'session'])('by %s do not pass the lock-out', async (kind) => {
    const username = `guesser-${kind.slice(0, 3)}`
    const held = kind === 'session' ? { Session: await owing(username) } : { AccessToken: await caller(username) }
    const { SecretCode, Session } = await server.ok('AssociateSoftwareToken', held)
    const guess = { ...held, ...(Session && { Session }), UserCode: otherThan(SecretCode) }
    const counts = await outcomes(many(() => server.call('VerifySoftwareToken', guess)))
    expect(counts).toEqual({ EnableSoftwareTokenMFAException: 5, NotAuthorizedException: atOnce - 5 })
    expect(await server.refused('VerifySoftwareToken', { ...guess, UserCode: now(SecretCode) })).toEqual([
      'NotAuthorizedException',
      'Password attempts exceeded',
    ])
  })

  it('count together with those of sign-ins, also without a token to guess at', async () => {
    const code = await makeTokenUser(server, optional, 'mixed')
    const { body } = await begin(server, optional, 'mixed')
    const AccessToken = (await respond(optional, 'mixed', body.Session, code())).body.AuthenticationResult.AccessToken
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await server.refused('VerifySoftwareToken', { AccessToken, UserCode: '000000' }))[0]).toBe('EnableSoftwareTokenMFAException')
    }
    const next = await begin(server, optional, 'mixed')
    expect((await respond(optional, 'mixed', next.body.Session, '000000')).body.message).toBe('Password attempts exceeded')
  })
})

describe('must-not-happen 08: a software token', () => {
  it('is replaced by a new one only once that was verified', async () => {
    const AccessToken = await caller('careful')
    const secret = await setUpTotp(server, AccessToken)
    server.clock.advance(30_000)
    const { SecretCode } = await server.ok('AssociateSoftwareToken', { AccessToken })
    const { body } = await begin(server, optional, 'careful')
    expect((await respond(optional, 'careful', body.Session, now(SecretCode))).body.__type).toBe('CodeMismatchException')
    expect((await respond(optional, 'careful', body.Session, now(secret))).status).toBe(200)
    await server.ok('VerifySoftwareToken', { AccessToken, UserCode: now(SecretCode) })
    server.clock.advance(30_000)
    const later = await begin(server, optional, 'careful')
    expect((await respond(optional, 'careful', later.body.Session, now(secret))).body.__type).toBe('CodeMismatchException')
    expect((await respond(optional, 'careful', later.body.Session, now(SecretCode))).status).toBe(200)
  })

  it('is not replaced by somebody who has but the password and began before it was there', async () => {
    const [theirs, mine] = [await owing('raced'), (await begin(server, required, 'raced')).body.Session as string]
    const thief = await server.ok('AssociateSoftwareToken', { Session: theirs })
    const owner = await server.ok('AssociateSoftwareToken', { Session: mine })
    await server.ok('VerifySoftwareToken', { Session: owner.Session, UserCode: now(owner.SecretCode) })
    server.clock.advance(30_000)
    expect((await server.refused('VerifySoftwareToken', { Session: thief.Session, UserCode: now(thief.SecretCode) }))[0]).toBe(
      'NotAuthorizedException',
    )
    expect((await server.refused('AssociateSoftwareToken', { Session: theirs }))[0]).toBe('NotAuthorizedException')
    const { body } = await begin(server, required, 'raced')
    expect((await respond(required, 'raced', body.Session, now(owner.SecretCode))).status).toBe(200)
  })

  it('is verified by the session that it was handed out with, and by no other', async () => {
    const [first, second] = [await owing('two'), (await begin(server, required, 'two')).body.Session as string]
    const one = await server.ok('AssociateSoftwareToken', { Session: first })
    const two = await server.ok('AssociateSoftwareToken', { Session: second })
    for (const Session of [first, two.Session]) {
      expect((await server.refused('VerifySoftwareToken', { Session, UserCode: now(one.SecretCode) }))[0]).toBe(
        'EnableSoftwareTokenMFAException',
      )
    }
  })

  it('is set up through no session of another client, pool or challenge', async () => {
    const session = await owing('elsewhere')
    const [sealed, locator] = session.split('.')
    const other = await makeClient(server, required.UserPoolId)
    const locatorOf = (ClientId: string) => Buffer.from(ClientId).toString('base64url')
    await makeUser(server, required.UserPoolId, 'telephone', { phone_number: '+12065550199' })
    const sms = (await begin(server, required, 'telephone')).body.Session as string
    const forged = [
      sealed,
      `${sealed}.`,
      `${sealed}.${locatorOf(other.ClientId)}`,
      `${sealed}.${locatorOf(optional.ClientId)}`,
      `${sealed}.${locatorOf('nobody')}`,
      `.${locator}`,
      sms,
      `${sms}.${locator}`,
    ]
    for (const Session of forged) {
      const [type] = await server.refused('AssociateSoftwareToken', { Session: (Session ?? '').padEnd(20, '.') })
      expect(['NotAuthorizedException', 'InvalidParameterException']).toContain(type)
    }
    expect((await server.call('AssociateSoftwareToken', { Session: session })).status).toBe(200)
  })

  it('of nobody else opens a sign-in', async () => {
    const code = await makeTokenUser(server, optional, 'theirs')
    await makeTokenUser(server, optional, 'mine')
    const { body } = await begin(server, optional, 'mine')
    expect((await respond(optional, 'mine', body.Session, code())).body.__type).toBe('CodeMismatchException')
    expect(await signIn(server, optional, 'mine')).toBe('SOFTWARE_TOKEN_MFA')
  })
})
