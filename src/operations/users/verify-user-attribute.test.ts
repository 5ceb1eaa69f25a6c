import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

const hour = 3_600_000
const mismatch = ['CodeMismatchException', 'Invalid verification code provided, please try again.']
const expired = ['ExpiredCodeException', 'Invalid code provided, please request a code again.']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, {
    AliasAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  })
})
afterAll(() => server.close())

const emailOf = (name: string) => `${name}@example.org`
const wrong = (code: string) => (code === '000000' ? '111111' : '000000')
const verification = (AccessToken: string, Code: string, AttributeName = 'email') => ({ AccessToken, AttributeName, Code })

/** An access token of a new user whose address waits for the code. */
const asking = async (name: string, email = emailOf(name)): Promise<[token: string, code: string]> => {
  await makeUser(server, pool.UserPoolId, name, { email })
  const AccessToken = await accessTokenOf(server, pool, name)
  await server.ok('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' })
  return [AccessToken, server.codeSentTo(email)]
}

describe('VerifyUserAttribute', () => {
  it('verifies the address once', async () => {
    const [token, code] = await asking('ana')
    expect(await server.refused('VerifyUserAttribute', verification(token, wrong(code)))).toEqual(mismatch)
    expect(await server.ok('VerifyUserAttribute', verification(token, code), { unsigned: true })).toEqual({})
    expect((await userOf(server, pool, 'ana')).attributes).toEqual({ email: emailOf('ana'), email_verified: 'true' })
    expect(await signIn(server, pool, emailOf('ana'))).toBe('tokens')
    expect(await server.refused('VerifyUserAttribute', verification(token, code))).toEqual(expired)
  })

  it('applies a change that waits; a code for the old address is none for the new one', async () => {
    const [token, old] = await asking('bea')
    await server.ok('UpdateUserAttributes', { AccessToken: token, UserAttributes: [{ Name: 'email', Value: 'bea2@example.org' }] })
    const code = server.codeSentTo('bea2@example.org')
    if (old !== code) expect(await server.refused('VerifyUserAttribute', verification(token, old))).toEqual(mismatch)
    await server.ok('VerifyUserAttribute', verification(token, code))
    expect((await userOf(server, pool, 'bea')).attributes).toEqual({ email: 'bea2@example.org', email_verified: 'true' })
    expect(await signIn(server, pool, 'bea2@example.org')).toBe('tokens')
    expect(await signIn(server, pool, emailOf('bea'))).toEqual(['UserNotFoundException', 'User does not exist.'])
  })

  it('takes a code for its user, its attribute and its address alone (must-not-happen 05)', async () => {
    const [cleo] = await asking('cleo')
    const [dora, code] = await asking('dora')
    if (server.codeSentTo(emailOf('cleo')) !== code) {
      expect(await server.refused('VerifyUserAttribute', verification(cleo, code))).toEqual(mismatch)
    }
    expect(await server.refused('VerifyUserAttribute', verification(dora, code, 'phone_number'))).toEqual(expired)
    expect(await server.refused('VerifyUserAttribute', verification(dora, code, 'name'))).toEqual([
      'InvalidParameterException',
      'Invalid attribute name. Only phone_number and email can be verified.',
    ])
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: pool.UserPoolId,
      Username: 'dora',
      UserAttributes: [
        { Name: 'email', Value: 'other@example.org' },
        { Name: 'email_verified', Value: 'true' },
      ],
    })
    expect(await server.refused('VerifyUserAttribute', verification(dora, code))).toEqual(expired)
    expect((await userOf(server, pool, 'dora')).attributes['email']).toBe('other@example.org')
  })

  it('refuses a code past its day', async () => {
    const [, code] = await asking('late')
    server.clock.advance(24 * hour)
    expect(await server.refused('VerifyUserAttribute', verification(await accessTokenOf(server, pool, 'late'), code))).toEqual(expired)
  })

  it('moves an alias from whoever had it', async () => {
    const email = emailOf('shared')
    await makeUser(server, pool.UserPoolId, 'old', { email, email_verified: 'true' })
    const [token, code] = await asking('new', email)
    await server.ok('VerifyUserAttribute', verification(token, code))
    expect((await userOf(server, pool, email)).username).toBe('new')
    expect((await userOf(server, pool, 'old')).attributes).toEqual({ email, email_verified: 'false' })
  })

  it('does not move an address that is the user name', async () => {
    const named = await makePool(server, {
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    })
    const [mine, theirs] = [emailOf('mine'), emailOf('theirs')]
    await makeUser(server, named.UserPoolId, mine, { email_verified: 'true' })
    await makeUser(server, named.UserPoolId, theirs)
    const AccessToken = await accessTokenOf(server, named, mine)
    await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'email', Value: theirs }] })
    expect(await server.refused('VerifyUserAttribute', verification(AccessToken, server.codeSentTo(theirs)))).toEqual([
      'AliasExistsException',
      'An account with the email already exists.',
    ])
    expect(await signIn(server, named, mine)).toBe('tokens')
  })
})

describe('VerifyUserAttribute under attack (must-not-happen 05)', () => {
  it('lets one of many with the same code succeed', async () => {
    const [token, code] = await asking('race')
    const calls = Array.from({ length: atOnce }, () => server.call('VerifyUserAttribute', verification(token, code)))
    expect(await outcomes(calls)).toEqual({ ok: 1, ExpiredCodeException: 14, LimitExceededException: atOnce - 15 })
  })

  it('lets 15 guesses an hour through, and none beyond', async () => {
    const [token, code] = await asking('guess')
    const calls = Array.from({ length: atOnce }, () => server.call('VerifyUserAttribute', verification(token, wrong(code))))
    expect(await outcomes(calls)).toEqual({ CodeMismatchException: 15, LimitExceededException: atOnce - 15 })
    const limited = ['LimitExceededException', 'Attempt limit exceeded, please try after some time.']
    expect(await server.refused('VerifyUserAttribute', verification(token, code))).toEqual(limited)
  })
})
