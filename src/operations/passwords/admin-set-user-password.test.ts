import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password } from '../../../tests/support/make-user.ts'
import { outcomes } from '../../../tests/support/parallel.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'

let server: Harness
let pool: MadePool

const day = 86_400_000
const chosen = 'Another-Horse-7'

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'] })
})
afterAll(() => server.close())

const set = (Username: string, Password: string, Permanent?: boolean, UserPoolId = pool.UserPoolId) => ({
  UserPoolId,
  Username,
  Password,
  ...(Permanent === undefined ? {} : { Permanent }),
})

describe('AdminSetUserPassword', () => {
  it('confirms with a permanent password, in any state and without verifying anything', async () => {
    await inviteUser(server, pool.UserPoolId, 'invited')
    await signUpUser(server, pool, 'signed-up', { email: 'signed-up@example.org' })
    for (const name of ['invited', 'signed-up']) {
      expect(await server.ok('AdminSetUserPassword', set(name, chosen, true))).toEqual({})
      expect((await userOf(server, pool, name)).status).toBe('CONFIRMED')
      expect(await signIn(server, pool, name, chosen)).toBe('tokens')
    }
    expect((await userOf(server, pool, 'signed-up')).attributes['email_verified']).toBe('false')
  })

  it('must be changed when it is not permanent, within the validity of temporary passwords', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    await server.ok('AdminSetUserPassword', set('ana', chosen))
    expect((await userOf(server, pool, 'ana')).status).toBe('FORCE_CHANGE_PASSWORD')
    expect(await signIn(server, pool, 'ana', chosen)).toBe('NEW_PASSWORD_REQUIRED')
    server.clock.advance(7 * day)
    expect(await signIn(server, pool, 'ana', chosen)).toEqual([
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    ])
    await server.ok('AdminSetUserPassword', set('ana', chosen, false))
    expect(await signIn(server, pool, 'ana', chosen)).toBe('NEW_PASSWORD_REQUIRED')
  })

  it('ends sessions, lock-outs and reset codes of before', async () => {
    await makeUser(server, pool.UserPoolId, 'bea', { email: 'bea@example.org', email_verified: 'true' })
    const AccessToken = await accessTokenOf(server, pool, 'bea')
    await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'bea' })
    for (let attempt = 0; attempt < 6; attempt += 1) await signIn(server, pool, 'bea', 'Wrong-Horse-7')
    await server.ok('AdminSetUserPassword', set('bea', chosen, true))
    expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
    expect(await signIn(server, pool, 'bea', chosen)).toBe('tokens')
    const ConfirmationCode = server.codeSentTo('bea@example.org')
    expect(
      await server.refused('ConfirmForgotPassword', { ClientId: pool.ClientId, Username: 'bea', ConfirmationCode, Password: password }),
    ).toEqual(['ExpiredCodeException', 'Invalid code provided, please request a code again.'])
  })

  it('keeps to the policy and to the history', async () => {
    const remembering = await makePool(server, { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 3 } } })
    const { UserPoolId } = remembering
    await makeUser(server, UserPoolId, 'ana')
    expect(await server.refused('AdminSetUserPassword', set('ana', 'short', true, UserPoolId))).toEqual([
      'InvalidPasswordException',
      'Password did not conform with policy: Password not long enough',
    ])
    await server.ok('AdminSetUserPassword', set('ana', chosen, true, UserPoolId))
    for (const used of [chosen, password]) {
      expect(await server.refused('AdminSetUserPassword', set('ana', used, true, UserPoolId))).toEqual([
        'PasswordHistoryPolicyViolationException',
        'Password has previously been used',
      ])
    }
    await server.ok('AdminSetUserPassword', set('ana', 'Third-Horse-7', true, UserPoolId))
    await server.ok('AdminSetUserPassword', set('ana', 'Fourth-Horse-7', true, UserPoolId))
    // Three are remembered, the present one among them.
    await server.ok('AdminSetUserPassword', set('ana', password, true, UserPoolId))
  })

  it('keeps to the history when the same password is set at once', async () => {
    const { UserPoolId } = await makePool(server, { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 1 } } })
    await makeUser(server, UserPoolId, 'ana')
    const calls = Array.from({ length: 5 }, () => server.call('AdminSetUserPassword', set('ana', chosen, true, UserPoolId)))
    expect(await outcomes(calls)).toEqual({ ok: 1, PasswordHistoryPolicyViolationException: 4 })
  })

  it('refuses unknown users and pools of another region', async () => {
    expect(await server.refused('AdminSetUserPassword', set('nobody', chosen, true))).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
    expect(await server.refused('AdminSetUserPassword', set('ana', chosen, true), { region: 'eu-west-1' })).toEqual([
      'ResourceNotFoundException',
      `User pool ${pool.UserPoolId} does not exist.`,
    ])
  })
})
