import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../src/domain/user.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../support/make-user.ts'
import { createSrpClient } from '../support/srp-client.ts'

let server: Harness
let legacy: MadePool
let hiding: MadePool

beforeAll(async () => {
  server = await createHarness()
  legacy = await makePool(server)
  hiding = await makeClient(server, legacy.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
})
afterAll(() => server.close())

type Answer = Awaited<ReturnType<Harness['call']>>

/** A user with everything that was begun or won while all was well. */
interface Past {
  readonly made: MadePool
  readonly username: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly srp: { readonly client: ReturnType<typeof createSrpClient>; readonly parameters: Record<string, string> }
}

const beginSrp = async ({ ClientId, UserPoolId }: MadePool, USERNAME: string) => {
  const client = createSrpClient(UserPoolId)
  const { body } = await server.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME, SRP_A: client.srpA },
  })
  return { client, parameters: body.ChallengeParameters as Record<string, string> | undefined, body }
}

const proof = ({ client, parameters }: Past['srp'], given = password) => client.answer(parameters, given, server.clock.now())

/** Every way to tokens that a person without them may try; the password is the right one. */
const ways: Record<string, (past: Past) => Promise<Answer>> = {
  'InitiateAuth USER_PASSWORD_AUTH': ({ made: { ClientId }, username }) =>
    server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: username, PASSWORD: password } }),
  'AdminInitiateAuth ADMIN_USER_PASSWORD_AUTH': (past) => byAdmin(past, 'ADMIN_USER_PASSWORD_AUTH'),
  'AdminInitiateAuth ADMIN_NO_SRP_AUTH': (past) => byAdmin(past, 'ADMIN_NO_SRP_AUTH'),
  'USER_SRP_AUTH, begun now': async ({ made, username }) => {
    const { client, parameters, body } = await beginSrp(made, username)
    if (parameters === undefined) return { status: 400, body, headers: {} }
    return server.call('RespondToAuthChallenge', {
      ClientId: made.ClientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: proof({ client, parameters }),
    })
  },
  'USER_SRP_AUTH, begun before': ({ made: { ClientId }, srp }) =>
    server.call('RespondToAuthChallenge', { ClientId, ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses: proof(srp) }),
  'USER_SRP_AUTH, begun before and answered by a server': ({ made: { ClientId, UserPoolId }, srp }) =>
    server.call('AdminRespondToAuthChallenge', {
      UserPoolId,
      ClientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: proof(srp),
    }),
}

/** Every way from a refresh token to new ones. */
const refreshes: Record<string, (past: Past) => Promise<Answer>> = {
  'InitiateAuth REFRESH_TOKEN_AUTH': ({ made: { ClientId }, refreshToken }) =>
    server.call('InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: refreshToken } }),
  'InitiateAuth REFRESH_TOKEN': ({ made: { ClientId }, refreshToken }) =>
    server.call('InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN', AuthParameters: { REFRESH_TOKEN: refreshToken } }),
  'AdminInitiateAuth REFRESH_TOKEN_AUTH': ({ made: { ClientId, UserPoolId }, refreshToken }) =>
    server.call('AdminInitiateAuth', {
      UserPoolId,
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    }),
  GetTokensFromRefreshToken: ({ made: { ClientId }, refreshToken }) =>
    server.call('GetTokensFromRefreshToken', { ClientId, RefreshToken: refreshToken }),
}

const byAdmin = ({ made: { ClientId, UserPoolId }, username }: Past, AuthFlow: string) =>
  server.call('AdminInitiateAuth', { UserPoolId, ClientId, AuthFlow, AuthParameters: { USERNAME: username, PASSWORD: password } })

let made = 0
const unused = createSrpClient('us-east-1_unused')
const past = async (pool: MadePool, way = ''): Promise<Past> => {
  made += 1
  const username = `user-${made}`
  await makeUser(server, pool.UserPoolId, username, { email: `${username}@example.org`, email_verified: 'true' })
  const { AuthenticationResult } = await server.ok('InitiateAuth', {
    ClientId: pool.ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: password },
  })
  const { client, parameters } = way.includes('begun before') ? await beginSrp(pool, username) : { client: unused, parameters: {} }
  const { AccessToken: accessToken, RefreshToken: refreshToken } = AuthenticationResult
  return { made: pool, username, accessToken, refreshToken, srp: { client, parameters: parameters ?? {} } }
}

/** A state that is written straight into the row, sessions untouched: each path must look at the state itself. */
const written =
  (change: Partial<User>) =>
  async ({ made: pool, username }: Past): Promise<void> => {
    const found = await server.store.pools.byId(pool.UserPoolId)
    const user = await server.store.users.byName(found?.uid ?? '', username)
    if (user === undefined) throw new Error(`there is no user ${username}`)
    const by = { actor: 'test', requestId: 'r', action: 'Test', at: server.clock.now() }
    expect(await server.store.users.save(by, { user: { ...user, ...change } })).toBe('saved')
  }

/** The states, and how the API leads to them. */
const states: Record<string, (past: Past) => Promise<unknown>> = {
  'disabled by the API': ({ made: { UserPoolId }, username }) => server.ok('AdminDisableUser', { UserPoolId, Username: username }),
  'deleted by an administrator': ({ made: { UserPoolId }, username }) => server.ok('AdminDeleteUser', { UserPoolId, Username: username }),
  'deleted by himself': ({ accessToken }) => server.ok('DeleteUser', { AccessToken: accessToken }),
  'RESET_REQUIRED by the API': ({ made: { UserPoolId }, username }) =>
    server.ok('AdminResetUserPassword', { UserPoolId, Username: username }),
  'FORCE_CHANGE_PASSWORD by the API': ({ made: { UserPoolId }, username }) =>
    server.ok('AdminSetUserPassword', { UserPoolId, Username: username, Password: password, Permanent: false }),
  disabled: written({ enabled: false }),
  UNCONFIRMED: written({ status: 'UNCONFIRMED' }),
  RESET_REQUIRED: written({ status: 'RESET_REQUIRED' }),
  FORCE_CHANGE_PASSWORD: written({ status: 'FORCE_CHANGE_PASSWORD', temporaryPasswordAt: Date.UTC(2026, 0, 15) }),
  COMPROMISED: written({ status: 'COMPROMISED' }),
  ARCHIVED: written({ status: 'ARCHIVED' }),
  UNKNOWN: written({ status: 'UNKNOWN' }),
}

const noTokens = ({ status, body }: Answer, way: string) => {
  expect(body, way).not.toHaveProperty('AuthenticationResult')
  // A challenge is as good as a refusal here; a fault of the server is not.
  expect(status === 400 || body.ChallengeName === 'NEW_PASSWORD_REQUIRED', `${way}: ${JSON.stringify(body)}`).toBe(true)
}

const clients: [string, () => MadePool][] = [
  ['LEGACY', () => legacy],
  ['ENABLED', () => hiding],
]

describe.each(clients)('must-not-happen 11: on a client with existence errors %s', (_, client) => {
  it('a user in order gets tokens by every path of the matrix', async () => {
    for (const [way, call] of Object.entries({ ...ways, ...refreshes })) {
      const { status, body } = await call(await past(client(), way))
      expect([status, Object.keys(body.AuthenticationResult ?? {})], way).toEqual([200, expect.arrayContaining(['AccessToken', 'IdToken'])])
    }
  })

  it.each(Object.keys(states))('a user who is %s gets none by any', async (state) => {
    for (const [way, call] of Object.entries({ ...ways, ...refreshes })) {
      const before = await past(client(), way)
      await states[state]?.(before)
      noTokens(await call(before), `${state}: ${way}`)
    }
  })

  it.each(Object.keys(states))('a user who is %s can not use an old access token', async (state) => {
    const before = await past(client())
    await states[state]?.(before)
    const { status } = await server.call('GetUser', { AccessToken: before.accessToken })
    expect(status, state).toBe(400)
  })

  it('a locked user gets none by a password, and keeps the sessions that he has', async () => {
    for (const [way, call] of Object.entries(ways)) {
      const before = await past(client(), way)
      for (let failure = 0; failure < 5; failure += 1) {
        await server.refused('InitiateAuth', {
          ClientId: client().ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: before.username, PASSWORD: 'Wrong-Horse-7' },
        })
      }
      const { status, body } = await call(before)
      expect([status, body.message], way).toEqual([400, 'Password attempts exceeded'])
      // Whoever may guess passwords must not be able to end sessions (must-not-happen 44).
      for (const [refresh, again] of Object.entries(refreshes)) expect((await again(before)).status, refresh).toBe(200)
    }
  })

  it.each([
    'disabled by the API',
    'deleted by an administrator',
    'FORCE_CHANGE_PASSWORD by the API',
    'disabled',
    'UNCONFIRMED',
    'ARCHIVED',
  ])('a user who is %s can not finish NEW_PASSWORD_REQUIRED', async (state) => {
    for (const operation of ['RespondToAuthChallenge', 'AdminRespondToAuthChallenge'] as const) {
      made += 1
      const username = `invited-${made}`
      const { ClientId, UserPoolId } = client()
      await inviteUser(server, UserPoolId, username)
      const { Session } = await server.ok('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: username, PASSWORD: temporaryPassword },
      })
      await states[state]?.({ made: client(), username } as Past)
      const answer = await server.call(operation, {
        ...(operation === 'AdminRespondToAuthChallenge' && { UserPoolId }),
        ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session,
        ChallengeResponses: { USERNAME: username, NEW_PASSWORD: 'My-Own-Horse-8' },
      })
      expect([answer.status, answer.body.AuthenticationResult], `${state}: ${operation}`).toEqual([400, undefined])
    }
  })
})

describe('must-not-happen 11: a sign-in that waits its turn', () => {
  it('is judged by the state that the user has then', async () => {
    const before = await past(legacy)
    const found = await server.store.pools.byId(legacy.UserPoolId)
    const user = await server.store.users.byName(found?.uid ?? '', before.username)
    // All places of the gate are taken while an administrator disables the user.
    let open = () => {}
    const closed = new Promise<void>((resolve) => {
      open = resolve
    })
    const taken = Array.from({ length: 5 }, () => server.passwordGate.enter(`${found?.uid}/${user?.id}`, () => closed))
    const waiting = ways['InitiateAuth USER_PASSWORD_AUTH']?.(before)
    await new Promise((resolve) => setImmediate(resolve))
    await server.ok('AdminDisableUser', { UserPoolId: legacy.UserPoolId, Username: before.username })
    open()
    await Promise.all(taken)
    expect((await waiting)?.body).toEqual({ __type: 'NotAuthorizedException', message: 'User is disabled.' })
  })
})
