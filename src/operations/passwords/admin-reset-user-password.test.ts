import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser } from '../../../tests/support/make-user.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'
import { callUndelivered } from '../../../tests/support/undeliverable.ts'

let server: Harness
let pool: MadePool

const verified = { email: 'ana@example.org', email_verified: 'true' }
const chosen = 'Another-Horse-7'

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
})
afterAll(() => server.close())

const reset = (Username: string, UserPoolId = pool.UserPoolId) => ({ UserPoolId, Username })

describe('AdminResetUserPassword', () => {
  it('makes the password useless until the code sets a new one', async () => {
    await makeUser(server, pool.UserPoolId, 'ana', verified)
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    expect(await server.ok('AdminResetUserPassword', reset('ana'))).toEqual({})
    expect((await userOf(server, pool, 'ana')).status).toBe('RESET_REQUIRED')
    const hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
    expect(await signIn(server, pool, 'ana')).toEqual(['PasswordResetRequiredException', 'Password reset required for the user'])
    expect(await signIn(server, hiding, 'ana')).toEqual(['NotAuthorizedException', 'Incorrect username or password.'])
    expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
    const ConfirmationCode = server.codeSentTo(verified.email)
    await server.ok('ConfirmForgotPassword', { ClientId: pool.ClientId, Username: 'ana', ConfirmationCode, Password: chosen })
    expect(await signIn(server, pool, 'ana', chosen)).toBe('tokens')
    expect((await userOf(server, pool, 'ana')).status).toBe('CONFIRMED')
  })

  it('can be repeated, and ForgotPassword sends another code', async () => {
    await makeUser(server, pool.UserPoolId, 'twice', { ...verified, email: 'twice@example.org' })
    await server.ok('AdminResetUserPassword', reset('twice'))
    await server.ok('AdminResetUserPassword', reset('twice'))
    await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'twice' })
    expect(server.mailbox?.messages('twice@example.org')).toHaveLength(3)
    const ConfirmationCode = server.codeSentTo('twice@example.org')
    await server.ok('ConfirmForgotPassword', { ClientId: pool.ClientId, Username: 'twice', ConfirmationCode, Password: chosen })
  })

  it('refuses whose password cannot be reset', async () => {
    const state = ['NotAuthorizedException', 'User password cannot be reset in the current state.']
    await inviteUser(server, pool.UserPoolId, 'invited', verified)
    await signUpUser(server, pool, 'unconfirmed', { email: 'unconfirmed@example.org' })
    await makeUser(server, pool.UserPoolId, 'no-contact')
    await makeUser(server, pool.UserPoolId, 'off', verified)
    await server.ok('AdminDisableUser', reset('off'))
    expect(await server.refused('AdminResetUserPassword', reset('invited'))).toEqual(state)
    expect(await server.refused('AdminResetUserPassword', reset('unconfirmed'))).toEqual(state)
    expect(await server.refused('AdminResetUserPassword', reset('no-contact'))).toEqual([
      'InvalidParameterException',
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    ])
    expect((await userOf(server, pool, 'no-contact')).status).toBe('CONFIRMED')
    expect(await server.refused('AdminResetUserPassword', reset('off'))).toEqual(['NotAuthorizedException', 'User is disabled.'])
    expect(await server.refused('AdminResetUserPassword', reset('nobody'))).toEqual(['UserNotFoundException', 'User does not exist.'])
  })

  it('is refused where the pool has no self-service recovery', async () => {
    const closed = await makePool(server, {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    })
    await makeUser(server, closed.UserPoolId, 'ana', verified)
    expect(await server.refused('AdminResetUserPassword', reset('ana', closed.UserPoolId))).toEqual([
      'NotAuthorizedException',
      'Contact administrator to reset password.',
    ])
  })

  it('stays done when the message could not be sent', async () => {
    await makeUser(server, pool.UserPoolId, 'mute', verified)
    expect(await callUndelivered(server, 'AdminResetUserPassword', reset('mute'))).toEqual([
      'InvalidEmailRoleAccessPolicyException',
      'The message could not be delivered.',
    ])
    expect((await userOf(server, pool, 'mute')).status).toBe('RESET_REQUIRED')
  })
})
