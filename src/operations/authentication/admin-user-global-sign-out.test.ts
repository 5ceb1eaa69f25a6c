import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, temporaryPassword } from '../../../tests/support/make-user.ts'
import { signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
})
afterAll(() => server.close())

// What it ends is shown in global-sign-out.test.ts, for both operations alike.
describe('AdminUserGlobalSignOut', () => {
  it('wants a signature and a user of the pool', async () => {
    const { UserPoolId } = pool
    expect((await server.refused('AdminUserGlobalSignOut', { UserPoolId, Username: 'nobody' }, { unsigned: true }))[0]).toBe(
      'MissingAuthenticationTokenException',
    )
    expect(await server.refused('AdminUserGlobalSignOut', { UserPoolId, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
    expect(await server.refused('AdminUserGlobalSignOut', { UserPoolId: 'us-east-1_nowhere01', Username: 'nobody' })).toEqual([
      'ResourceNotFoundException',
      'User pool us-east-1_nowhere01 does not exist.',
    ])
  })

  it('ends a sign-in that waits for a new password, and leaves the user able to sign in', async () => {
    const { UserPoolId, ClientId } = pool
    await inviteUser(server, UserPoolId, 'waiting')
    const waiting = await server.ok('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'waiting', PASSWORD: temporaryPassword },
    })
    await server.ok('AdminUserGlobalSignOut', { UserPoolId, Username: 'waiting' })
    expect(
      await server.refused('RespondToAuthChallenge', {
        ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: waiting.Session,
        ChallengeResponses: { USERNAME: 'waiting', NEW_PASSWORD: 'Another-Horse-7' },
      }),
    ).toEqual(['NotAuthorizedException', 'Invalid session for the user.'])
    expect(await signIn(server, pool, 'waiting', temporaryPassword)).toBe('NEW_PASSWORD_REQUIRED')
  })

  it('is the same for a user who is disabled or never signed in', async () => {
    const { UserPoolId } = pool
    await makeUser(server, UserPoolId, 'disabled')
    await server.ok('AdminDisableUser', { UserPoolId, Username: 'disabled' })
    expect(await server.ok('AdminUserGlobalSignOut', { UserPoolId, Username: 'disabled' })).toEqual({})
  })
})
