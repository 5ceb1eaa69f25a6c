import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool

const hour = 3_600_000
const chosen = 'Another-Horse-7'
const mismatch = ['CodeMismatchException', 'Invalid verification code provided, please try again.']
const expired = ['ExpiredCodeException', 'Invalid code provided, please request a code again.']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } } })
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
})
afterAll(() => server.close())

const emailOf = (name: string) => `${name}@example.org`
const wrong = (code: string) => (code === '000000' ? '111111' : '000000')
const confirmation = (Username: string, ConfirmationCode: string, of: Pick<MadePool, 'ClientId'> = pool, Password = chosen) => ({
  ClientId: of.ClientId,
  Username,
  ConfirmationCode,
  Password,
})

/** A confirmed user who asked for the code that it answers. */
const forgetful = async (name: string): Promise<string> => {
  await makeUser(server, pool.UserPoolId, name, { email: emailOf(name), email_verified: 'true' })
  await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: name })
  return server.codeSentTo(emailOf(name))
}

describe('ConfirmForgotPassword', () => {
  it('sets the password once, and ends every session', async () => {
    const code = await forgetful('ana')
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    expect(await server.refused('ConfirmForgotPassword', confirmation('ana', wrong(code)))).toEqual(mismatch)
    expect(await server.ok('ConfirmForgotPassword', confirmation('ana', code), { unsigned: true })).toEqual({})
    expect(await signIn(server, pool, 'ana', password)).toEqual(['NotAuthorizedException', 'Incorrect username or password.'])
    expect(await signIn(server, pool, 'ana', chosen)).toBe('tokens')
    expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
    expect(await server.refused('ConfirmForgotPassword', confirmation('ana', code))).toEqual(expired)
  })

  it('opens a sign-in that wrong passwords had locked', async () => {
    const code = await forgetful('locked')
    for (let attempt = 0; attempt < 6; attempt += 1) await signIn(server, pool, 'locked', 'Wrong-Horse-7')
    expect(await signIn(server, pool, 'locked')).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
    await server.ok('ConfirmForgotPassword', confirmation('locked', code))
    expect(await signIn(server, pool, 'locked', chosen)).toBe('tokens')
  })

  it('wants a password that policy and history allow, and leaves the code good', async () => {
    const code = await forgetful('strict')
    expect(await server.refused('ConfirmForgotPassword', confirmation('strict', code, pool, 'short'))).toEqual([
      'InvalidPasswordException',
      'Password did not conform with policy: Password not long enough',
    ])
    expect(await server.refused('ConfirmForgotPassword', confirmation('strict', code, pool, password))).toEqual([
      'PasswordHistoryPolicyViolationException',
      'Password has previously been used',
    ])
    await server.ok('ConfirmForgotPassword', confirmation('strict', code))
  })

  it('keeps to the history when the same password is set meanwhile', async () => {
    const code = await forgetful('twice')
    const AccessToken = await accessTokenOf(server, pool, 'twice')
    const rival = () => server.ok('ChangePassword', { AccessToken, PreviousPassword: password, ProposedPassword: chosen })
    expect(await withRival(server, 'users', rival).refused('ConfirmForgotPassword', confirmation('twice', code))).toEqual([
      'PasswordHistoryPolicyViolationException',
      'Password has previously been used',
    ])
  })

  it('refuses a code past its hour, a code that nobody asked for, and a code that went elsewhere (must-not-happen 05)', async () => {
    const [late, moved] = [await forgetful('late'), await forgetful('moved')]
    await makeUser(server, pool.UserPoolId, 'unasked')
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: pool.UserPoolId,
      Username: 'moved',
      UserAttributes: [
        { Name: 'email', Value: 'elsewhere@example.org' },
        { Name: 'email_verified', Value: 'true' },
      ],
    })
    expect(await server.refused('ConfirmForgotPassword', confirmation('moved', moved))).toEqual(expired)
    expect(await server.refused('ConfirmForgotPassword', confirmation('unasked', '123456'))).toEqual(expired)
    server.clock.advance(hour)
    expect(await server.refused('ConfirmForgotPassword', confirmation('late', late))).toEqual(expired)
  })

  it('refuses who is unknown, disabled or not confirmed yet', async () => {
    expect(await server.refused('ConfirmForgotPassword', confirmation('nobody', '123456'))).toEqual([
      'UserNotFoundException',
      'Username/client id combination not found.',
    ])
    const code = await forgetful('off')
    await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'off' })
    expect(await server.refused('ConfirmForgotPassword', confirmation('off', code))).toEqual([
      'NotAuthorizedException',
      'User is disabled.',
    ])
    await signUpUser(server, pool, 'new', { email: emailOf('new') })
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: pool.UserPoolId,
      Username: 'new',
      UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
    })
    await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'new' })
    const unconfirmed = ['UserNotConfirmedException', 'User is not confirmed.']
    expect(await server.refused('ConfirmForgotPassword', confirmation('new', server.codeSentTo(emailOf('new'))))).toEqual(unconfirmed)
    expect(await server.refused('ConfirmForgotPassword', confirmation('new', server.codeSentTo(emailOf('new')), hiding))).toEqual(
      unconfirmed,
    )
    expect((await userOf(server, pool, 'new')).status).toBe('UNCONFIRMED')
  })
})

describe('ConfirmForgotPassword under attack (must-not-happen 05)', () => {
  it('lets one of many with the same code succeed', async () => {
    const code = await forgetful('race')
    const counts = await outcomes(
      Array.from({ length: atOnce }, (_, i) => server.call('ConfirmForgotPassword', confirmation('race', code, pool, `${chosen}-${i}`))),
    )
    expect(counts['ok']).toBe(1)
    expect(Object.keys(counts).sort()).toEqual(['ExpiredCodeException', 'LimitExceededException', 'ok'])
  })

  it('counts 15 guesses of a code, and no more', async () => {
    const code = await forgetful('guess')
    const counts = await outcomes(
      Array.from({ length: atOnce }, () => server.call('ConfirmForgotPassword', confirmation('guess', wrong(code)))),
    )
    expect(counts).toEqual({ CodeMismatchException: 15, LimitExceededException: atOnce - 15 })
    server.clock.advance(hour - 1)
    expect((await server.refused('ConfirmForgotPassword', confirmation('guess', code)))[0]).toBe('LimitExceededException')
    expect(await signIn(server, pool, 'guess')).toBe('tokens')
  })
})

describe('ConfirmForgotPassword where existence is hidden (must-not-happen 34)', () => {
  it('answers the same about everybody whose code is not right', async () => {
    const code = await forgetful('h-ana')
    await makeUser(server, pool.UserPoolId, 'h-unasked')
    await forgetful('h-off')
    await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'h-off' })
    await signUpUser(server, pool, 'h-new')
    for (const name of ['h-ana', 'h-unasked', 'h-off', 'h-new', 'h-nobody']) {
      expect(await server.refused('ConfirmForgotPassword', confirmation(name, wrong(code), hiding))).toEqual(mismatch)
    }
    await server.ok('ConfirmForgotPassword', confirmation('h-ana', code, hiding))
  })

  it('runs out after as many tries for a name that nobody has', async () => {
    await forgetful('known')
    const left = { known: 19, unknown: 20 }
    for (const [name, tries] of Object.entries(left)) {
      const calls = Array.from({ length: 22 }, () => server.call('ConfirmForgotPassword', confirmation(name, 'no-code', hiding)))
      expect(await outcomes(calls)).toEqual({ CodeMismatchException: tries, LimitExceededException: 22 - tries })
    }
  })
})
