import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { tokensOf } from '../support/sign-in.ts'

let server: Harness
let pool: MadePool
let unrevocable: MadePool

const newPassword = 'Brand-New-Horse-8'

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'] })
  unrevocable = await makeClient(server, pool.UserPoolId, { EnableTokenRevocation: false })
})
afterAll(() => server.close())

interface Session {
  readonly made: MadePool
  readonly AccessToken: string
  readonly RefreshToken: string
}

const signIn = async (made: MadePool, username: string, typed = password): Promise<Session> => ({
  made,
  ...(await tokensOf(server, made, username, typed)),
})

/** Two sessions of each kind of client, one of them refreshed. */
const sessions = async (username: string): Promise<Session[]> => {
  await makeUser(server, pool.UserPoolId, username, { email: `${username}@example.org`, email_verified: 'true' })
  const all = [await signIn(pool, username), await signIn(pool, username), await signIn(unrevocable, username)]
  const { AuthenticationResult } = await server.ok('GetTokensFromRefreshToken', {
    ClientId: pool.ClientId,
    RefreshToken: all[0]?.RefreshToken,
  })
  return [...all, { made: pool, RefreshToken: all[0]?.RefreshToken ?? '', AccessToken: AuthenticationResult.AccessToken }]
}

/** Everything that takes an access token. */
const selfService = (AccessToken: string) =>
  [
    ['GetUser', { AccessToken }],
    ['UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'name', Value: 'x' }] }],
    ['DeleteUserAttributes', { AccessToken, UserAttributeNames: ['name'] }],
    ['GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' }],
    ['VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: '000000' }],
    ['ChangePassword', { AccessToken, PreviousPassword: password, ProposedPassword: newPassword }],
    ['ListUserSessions', { AccessToken }],
    ['RevokeUserSession', { AccessToken, SessionId: `tkn${'0'.repeat(25)}` }],
    ['GlobalSignOut', { AccessToken }],
    ['DeleteUser', { AccessToken }],
  ] as const

const dead = async ({ made: { ClientId, UserPoolId }, AccessToken, RefreshToken }: Session) => {
  for (const [operation, input] of selfService(AccessToken)) {
    const { status, body } = await server.call(operation, input)
    expect(status, operation).toBe(400)
    expect(['NotAuthorizedException', 'UserNotFoundException', 'PasswordResetRequiredException'], operation).toContain(body.__type)
  }
  const REFRESH_TOKEN = RefreshToken
  for (const [operation, input] of [
    ['InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }],
    ['AdminInitiateAuth', { UserPoolId, ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }],
    ['GetTokensFromRefreshToken', { ClientId, RefreshToken }],
  ] as const) {
    const { status, body } = await server.call(operation, input)
    expect([status, body.__type], operation).toEqual([400, 'NotAuthorizedException'])
  }
}

const alive = async ({ made: { ClientId }, AccessToken, RefreshToken }: Session) => {
  await server.ok('GetUser', { AccessToken })
  await server.ok('GetTokensFromRefreshToken', { ClientId, RefreshToken })
}

describe('must-not-happen 13: no token of before goes on working, from the next request on,', () => {
  it.each<[string, (username: string, first: Session) => Promise<unknown>]>([
    ['after GlobalSignOut', (_, { AccessToken }) => server.ok('GlobalSignOut', { AccessToken })],
    ['after AdminUserGlobalSignOut', (Username) => server.ok('AdminUserGlobalSignOut', { UserPoolId: pool.UserPoolId, Username })],
    ['after AdminDisableUser', (Username) => server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username })],
    [
      'after the user was disabled and enabled again',
      async (Username) => {
        await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username })
        await server.ok('AdminEnableUser', { UserPoolId: pool.UserPoolId, Username })
      },
    ],
    ['after AdminResetUserPassword', (Username) => server.ok('AdminResetUserPassword', { UserPoolId: pool.UserPoolId, Username })],
    [
      'after AdminSetUserPassword, permanent',
      (Username) => server.ok('AdminSetUserPassword', { UserPoolId: pool.UserPoolId, Username, Password: newPassword, Permanent: true }),
    ],
    [
      'after AdminSetUserPassword, temporary',
      (Username) => server.ok('AdminSetUserPassword', { UserPoolId: pool.UserPoolId, Username, Password: newPassword, Permanent: false }),
    ],
    [
      'after ForgotPassword and its confirmation',
      async (Username) => {
        await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username })
        const ConfirmationCode = server.codeSentTo(`${Username}@example.org`)
        await server.ok('ConfirmForgotPassword', { ClientId: pool.ClientId, Username, ConfirmationCode, Password: newPassword })
      },
    ],
    ['after DeleteUser', (_, { AccessToken }) => server.ok('DeleteUser', { AccessToken })],
    ['after AdminDeleteUser', (Username) => server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username })],
    [
      'after the user was deleted and made again',
      async (Username) => {
        await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username })
        await makeUser(server, pool.UserPoolId, Username)
      },
    ],
  ])('%s', async (name, happens) => {
    const username = name.replaceAll(/\W/g, '-')
    const all = await sessions(username)
    for (const session of all) await alive(session)
    await happens(username, all[0] as Session)
    for (const session of all) await dead(session)
  })

  it('after the app client or the pool is gone', async () => {
    const other = await makePool(server)
    const second = await makeClient(server, other.UserPoolId)
    await makeUser(server, other.UserPoolId, 'left')
    const [first, last] = [await signIn(other, 'left'), await signIn(second, 'left')]
    await server.ok('DeleteUserPoolClient', { UserPoolId: other.UserPoolId, ClientId: other.ClientId })
    expect((await server.call('GetUser', { AccessToken: first.AccessToken })).status).toBe(400)
    expect((await server.call('GetTokensFromRefreshToken', { ClientId: other.ClientId, RefreshToken: first.RefreshToken })).status).toBe(
      400,
    )
    await alive(last)
    await server.ok('DeleteUserPool', { UserPoolId: other.UserPoolId })
    expect((await server.call('GetUser', { AccessToken: last.AccessToken })).status).toBe(400)
    expect((await server.call('GetTokensFromRefreshToken', { ClientId: second.ClientId, RefreshToken: last.RefreshToken })).status).toBe(
      400,
    )
  })
})

describe('must-not-happen 13: by ruling,', () => {
  it('a user who changes the password keeps the sessions, as on AWS', async () => {
    const all = await sessions('changer')
    await server.ok('ChangePassword', { AccessToken: all[0]?.AccessToken, PreviousPassword: password, ProposedPassword: newPassword })
    for (const session of all) await alive(session)
  })

  it('the sessions of everybody else live on', async () => {
    const mine = await sessions('mine')
    const yours = await sessions('yours')
    await server.ok('GlobalSignOut', { AccessToken: mine[0]?.AccessToken })
    for (const session of yours) await alive(session)
  })

  it('a sign-in of afterwards is good', async () => {
    const [first] = await sessions('afterwards')
    await server.ok('GlobalSignOut', { AccessToken: first?.AccessToken })
    await alive(await signIn(pool, 'afterwards'))
  })
})
