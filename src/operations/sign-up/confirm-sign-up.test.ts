import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { callsThrough, createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { redispatch } from '../../../tests/support/redispatch.ts'
import { signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool
let aliased: MadePool

const hour = 3_600_000
const mismatch = ['CodeMismatchException', 'Invalid verification code provided, please try again.']
const expired = ['ExpiredCodeException', 'Invalid code provided, please request a code again.']
const limited = ['LimitExceededException', 'Attempt limit exceeded, please try after some time.']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'] })
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
  aliased = await makePool(server, { AliasAttributes: ['email', 'phone_number'], AutoVerifiedAttributes: ['email'] })
})
afterAll(() => server.close())

const emailOf = (name: string) => `${name}@example.org`

/** A user who waits for the code that it answers. */
const waiting = async (name: string, of: MadePool = pool): Promise<string> => {
  await signUpUser(server, of, name, { email: emailOf(name) })
  return server.codeSentTo(emailOf(name))
}
const wrong = (code: string) => (code === '000000' ? '111111' : '000000')
const confirmation = (Username: string, ConfirmationCode: string, { ClientId }: Pick<MadePool, 'ClientId'> = pool) => ({
  ClientId,
  Username,
  ConfirmationCode,
})

describe('ConfirmSignUp', () => {
  it('confirms the user, verifies the address and answers a Session', async () => {
    const code = await waiting('ana')
    expect(await server.refused('ConfirmSignUp', confirmation('ana', wrong(code)))).toEqual(mismatch)
    expect(await server.ok('ConfirmSignUp', confirmation('ana', code), { unsigned: true })).toEqual({
      Session: expect.stringMatching(/^AYAB/),
    })
    expect(await userOf(server, pool, 'ana')).toMatchObject({ status: 'CONFIRMED', attributes: { email_verified: 'true' } })
    expect(await signIn(server, pool, 'ana')).toBe('tokens')
    expect(await server.refused('ConfirmSignUp', confirmation('ana', code))).toEqual([
      'NotAuthorizedException',
      'User cannot be confirmed. Current status is CONFIRMED',
    ])
  })

  it("takes the sign-up's Session of that user and client alone (must-not-happen 04)", async () => {
    const choice = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] })
    const own = await signUpUser(server, choice, 'own', { email: emailOf('own') })
    const other = await signUpUser(server, choice, 'other', { email: emailOf('other') })
    const input = confirmation('own', server.codeSentTo(emailOf('own')), choice)
    const invalid = ['NotAuthorizedException', 'Invalid session for the user.']
    expect(await server.refused('ConfirmSignUp', { ...input, Session: other.Session })).toEqual(invalid)
    expect(await server.refused('ConfirmSignUp', { ...input, Session: `${own.Session.slice(0, -4)}AAAA` })).toEqual(invalid)
    expect(await server.refused('ConfirmSignUp', { ...input, ClientId: pool.ClientId, Session: own.Session })).toEqual(invalid)
    const { Session } = await server.ok('ConfirmSignUp', { ...input, Session: own.Session })
    expect(await server.refused('ConfirmSignUp', { ...input, Username: 'other', Session })).toEqual(invalid)
  })

  it('takes a code that comes when the Session has expired', async () => {
    const choice = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] })
    const { Session } = await signUpUser(server, choice, 'slow', { email: emailOf('slow') })
    server.clock.advance(3 * 60_000)
    await server.ok('ConfirmSignUp', { ...confirmation('slow', server.codeSentTo(emailOf('slow')), choice), Session })
  })

  it('refuses whom there is nothing to confirm about', async () => {
    await makeUser(server, pool.UserPoolId, 'made')
    expect(await server.refused('ConfirmSignUp', confirmation('made', '123456'))).toEqual([
      'NotAuthorizedException',
      'User cannot be confirmed. Current status is CONFIRMED',
    ])
    expect(await server.refused('ConfirmSignUp', confirmation('nobody', '123456'))).toEqual([
      'UserNotFoundException',
      'Username/client id combination not found.',
    ])
    const code = await waiting('off')
    await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'off' })
    expect(await server.refused('ConfirmSignUp', confirmation('off', code))).toEqual(['NotAuthorizedException', 'User is disabled.'])
  })

  it('refuses a code past its 24 hours, right as it is', async () => {
    const code = await waiting('late')
    server.clock.advance(24 * hour)
    expect(await server.refused('ConfirmSignUp', confirmation('late', code))).toEqual(expired)
    server.clock.advance(-1)
    await server.ok('ConfirmSignUp', confirmation('late', code))
  })

  it('takes the newest code alone, and of the same user and pool alone (must-not-happen 05)', async () => {
    const [first, other] = [await waiting('bea'), await waiting('bob')]
    await server.ok('ResendConfirmationCode', { ClientId: pool.ClientId, Username: 'bea' })
    const second = server.codeSentTo(emailOf('bea'))
    for (const code of [first, other].filter((code) => code !== second)) {
      expect(await server.refused('ConfirmSignUp', confirmation('bea', code))).toEqual(mismatch)
    }
    expect(await server.refused('ConfirmSignUp', confirmation('bea', second, aliased))).toEqual([
      'UserNotFoundException',
      'Username/client id combination not found.',
    ])
    await server.ok('ConfirmSignUp', confirmation('bea', second))
  })

  it('refuses a code that went to an address that was changed since (must-not-happen 05)', async () => {
    const code = await waiting('cleo')
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: pool.UserPoolId,
      Username: 'cleo',
      UserAttributes: [{ Name: 'email', Value: 'new@example.org' }],
    })
    expect(await server.refused('ConfirmSignUp', confirmation('cleo', code))).toEqual(expired)
    await server.ok('ResendConfirmationCode', { ClientId: pool.ClientId, Username: 'cleo' })
    await server.ok('ConfirmSignUp', confirmation('cleo', server.codeSentTo('new@example.org')))
  })
})

describe('ConfirmSignUp under attack (must-not-happen 05)', () => {
  it('lets one of many with the same code succeed', async () => {
    const code = await waiting('race')
    const counts = await outcomes(Array.from({ length: atOnce }, () => server.call('ConfirmSignUp', confirmation('race', code))))
    expect(counts).toMatchObject({ ok: 1, LimitExceededException: atOnce - 15 })
  })

  it('lets 15 guesses an hour through, many at once or not, and none beyond', async () => {
    const code = await waiting('guess')
    const counts = await outcomes(Array.from({ length: atOnce }, () => server.call('ConfirmSignUp', confirmation('guess', wrong(code)))))
    expect(counts).toEqual({ CodeMismatchException: 15, LimitExceededException: atOnce - 15 })
    expect(await server.refused('ConfirmSignUp', confirmation('guess', code))).toEqual(limited)
    server.clock.advance(hour)
    // The code has had its guesses; only a new one helps.
    expect(await server.refused('ConfirmSignUp', confirmation('guess', code))).toEqual(limited)
    await server.ok('ResendConfirmationCode', { ClientId: pool.ClientId, Username: 'guess' })
    await server.ok('ConfirmSignUp', confirmation('guess', server.codeSentTo(emailOf('guess'))))
  })
})

describe('ConfirmSignUp where existence is hidden (must-not-happen 34)', () => {
  it('answers the same about everybody whose code is not right', async () => {
    const code = await waiting('hidden')
    await waiting('hidden-off')
    await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'hidden-off' })
    await makeUser(server, pool.UserPoolId, 'hidden-done')
    const answers = await Promise.all(
      ['hidden', 'hidden-off', 'hidden-done', 'hidden-nobody'].map(async (name) => {
        const { status, headers, body } = await server.call('ConfirmSignUp', confirmation(name, wrong(code), hiding))
        const { 'x-amzn-requestid': _, ...others } = headers
        return { status, headers: others, body }
      }),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]?.body).toEqual({ __type: mismatch[0], message: mismatch[1] })
    await server.ok('ConfirmSignUp', confirmation('hidden', code, hiding))
  })

  it('runs out after as many tries for a name that nobody has', async () => {
    await waiting('known')
    for (const name of ['known', 'unknown']) {
      const calls = Array.from({ length: 20 }, () => server.call('ConfirmSignUp', confirmation(name, 'no-code', hiding)))
      expect(await outcomes(calls)).toEqual({ CodeMismatchException: 15, LimitExceededException: 5 })
    }
  })
})

describe('ConfirmSignUp of an alias that somebody else has', () => {
  const email = emailOf('shared')

  it('is refused with the code left good, or moves the alias when forced', async () => {
    await makeUser(server, aliased.UserPoolId, 'old', { email, email_verified: 'true' })
    await signUpUser(server, aliased, 'new', { email })
    const code = server.codeSentTo(email)
    expect(await server.refused('ConfirmSignUp', confirmation('new', code, aliased))).toEqual([
      'AliasExistsException',
      'An account with the email already exists.',
    ])
    expect((await userOf(server, aliased, email)).username).toBe('old')
    await server.ok('ConfirmSignUp', { ...confirmation('new', code, aliased), ForceAliasCreation: true })
    expect((await userOf(server, aliased, email)).username).toBe('new')
    expect((await userOf(server, aliased, 'old')).attributes).toEqual({ email, email_verified: 'false' })
    expect(await signIn(server, aliased, email)).toBe('tokens')
  })

  it('does not take it from somebody who got it since it was looked up', async () => {
    const email = emailOf('raced')
    const codes: Record<string, string> = {}
    for (const name of ['first', 'second']) {
      await signUpUser(server, aliased, name, { email })
      codes[name] = server.codeSentTo(email)
    }
    const { users } = server.store
    let isFirst = true
    const byName: typeof users.byName = async (poolUid, name) => {
      const found = await users.byName(poolUid, name)
      if (name === email && isFirst) {
        isFirst = false
        await server.ok('ConfirmSignUp', confirmation('first', codes['first'] ?? '', aliased))
      }
      return found
    }
    const late = callsThrough(redispatch(server, { store: { ...server.store, users: { ...users, byName } } }))
    const [type] = await late.refused('ConfirmSignUp', confirmation('second', codes['second'] ?? '', aliased))
    expect(type).toBe('AliasExistsException')
    expect((await userOf(server, aliased, email)).username).toBe('first')
  })
})
