import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../../tests/support/make-user.ts'
import { tokensOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

const accessRevoked = ['NotAuthorizedException', 'Access Token has been revoked']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
})
afterAll(() => server.close())

const signIn = (made: MadePool, username: string, typed = password) => tokensOf(server, made, username, typed)

describe.each<[string, (username: string, AccessToken: string) => ReturnType<Harness['call']>]>([
  ['GlobalSignOut', (_, AccessToken) => server.call('GlobalSignOut', { AccessToken }, { unsigned: true })],
  ['AdminUserGlobalSignOut', (Username) => server.call('AdminUserGlobalSignOut', { UserPoolId: pool.UserPoolId, Username })],
])('%s', (name, signOut) => {
  it('ends every session of the user, and nobody else is signed out', async () => {
    const [username, other] = [`${name}-one`, `${name}-other`]
    await makeUser(server, pool.UserPoolId, username)
    await makeUser(server, pool.UserPoolId, other)
    const unrevocable = await makeClient(server, pool.UserPoolId, { EnableTokenRevocation: false })
    const sessions = [await signIn(pool, username), await signIn(pool, username), await signIn(unrevocable, username)]
    const stranger = await signIn(pool, other)

    const answer = await signOut(username, sessions[0].AccessToken)
    expect([answer.status, answer.body]).toEqual([200, {}])

    for (const [place, { AccessToken, RefreshToken }] of sessions.entries()) {
      expect(await server.refused('GetUser', { AccessToken })).toEqual(accessRevoked)
      const { ClientId } = place === 2 ? unrevocable : pool
      expect(await server.refused('GetTokensFromRefreshToken', { ClientId, RefreshToken })).toEqual([
        'NotAuthorizedException',
        'Refresh Token has been revoked',
      ])
    }
    await server.ok('GetUser', { AccessToken: stranger.AccessToken })
    await server.ok('GetTokensFromRefreshToken', { ClientId: pool.ClientId, RefreshToken: stranger.RefreshToken })
  })

  it('lets the user sign in anew', async () => {
    const username = `${name}-anew`
    await makeUser(server, pool.UserPoolId, username)
    const { AccessToken } = await signIn(pool, username)
    await signOut(username, AccessToken)
    await server.ok('GetUser', { AccessToken: (await signIn(pool, username)).AccessToken })
  })

  it('does not fail when many ask at once', async () => {
    const username = `${name}-many`
    await makeUser(server, pool.UserPoolId, username)
    const { AccessToken } = await signIn(pool, username)
    const answers = await Promise.all(Array.from({ length: 20 }, () => signOut(username, AccessToken)))
    const refusals = answers.filter(({ status }) => status !== 200).map(({ body }) => body.message)
    // A token may be dead already by the time its call is looked at; nothing else may go wrong.
    expect(new Set(refusals).size).toBeLessThanOrEqual(1)
    expect(refusals.every((message) => message === 'Access Token has been revoked')).toBe(true)
    expect(await server.refused('GetUser', { AccessToken })).toEqual(accessRevoked)
  })
})

describe('AdminUserGlobalSignOut', () => {
  it('ends a challenge that is under way', async () => {
    await inviteUser(server, pool.UserPoolId, 'under-way')
    const { Session } = await server.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'under-way', PASSWORD: temporaryPassword },
    })
    await server.ok('AdminUserGlobalSignOut', { UserPoolId: pool.UserPoolId, Username: 'under-way' })
    const answer = {
      ClientId: pool.ClientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session,
      ChallengeResponses: { USERNAME: 'under-way', NEW_PASSWORD: 'My-Own-Horse-8' },
    }
    expect(await server.refused('RespondToAuthChallenge', answer)).toEqual(['NotAuthorizedException', 'Invalid session for the user.'])
  })

  it('refuses an unknown user and an unknown pool', async () => {
    expect(await server.refused('AdminUserGlobalSignOut', { UserPoolId: pool.UserPoolId, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
    expect((await server.refused('AdminUserGlobalSignOut', { UserPoolId: 'us-east-1_nowhere00', Username: 'nobody' }))[0]).toBe(
      'ResourceNotFoundException',
    )
  })
})

describe('GlobalSignOut', () => {
  it('refuses the token of a user who was deleted', async () => {
    await makeUser(server, pool.UserPoolId, 'gone')
    const { AccessToken } = await signIn(pool, 'gone')
    await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username: 'gone' })
    expect(await server.refused('GlobalSignOut', { AccessToken })).toEqual(accessRevoked)
  })

  it('refuses what is no access token', async () => {
    await makeUser(server, pool.UserPoolId, 'none')
    const { IdToken, RefreshToken } = await signIn(pool, 'none')
    for (const AccessToken of [IdToken, RefreshToken, 'x.y.z']) {
      expect(await server.refused('GlobalSignOut', { AccessToken })).toEqual(['NotAuthorizedException', 'Invalid Access Token'])
    }
  })

  it('refuses an expired token', async () => {
    await makeUser(server, pool.UserPoolId, 'late')
    const { AccessToken } = await signIn(pool, 'late')
    server.clock.advance(3_600_000)
    expect(await server.refused('GlobalSignOut', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has expired'])
    server.clock.reset()
  })
})
