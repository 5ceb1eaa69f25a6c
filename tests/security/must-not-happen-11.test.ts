import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../src/domain/user.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { inviteUser, password, temporaryPassword } from '../support/make-user.ts'
import { createTokenPaths, type Past, type TokenPaths } from '../support/token-paths.ts'

let server: Harness
let legacy: MadePool
let hiding: MadePool
let paths: TokenPaths

beforeAll(async () => {
  server = await createHarness()
  paths = createTokenPaths(server)
  legacy = await makePool(server)
  hiding = await makeClient(server, legacy.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
})
afterAll(() => server.close())

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

let invited = 0

const clients: [string, () => MadePool][] = [
  ['LEGACY', () => legacy],
  ['ENABLED', () => hiding],
]

describe.each(clients)('must-not-happen 11: on a client with existence errors %s', (_, client) => {
  it('a user in order gets tokens by every path of the matrix', async () => {
    for (const [way, call] of Object.entries({ ...paths.passwords, ...paths.refreshes })) {
      const { status, body } = await call(await paths.past(client(), way))
      expect([status, Object.keys(body.AuthenticationResult ?? {})], way).toEqual([200, expect.arrayContaining(['AccessToken', 'IdToken'])])
    }
  })

  it.each(Object.keys(states))('a user who is %s gets none by any', async (state) => {
    for (const [way, call] of Object.entries({ ...paths.passwords, ...paths.refreshes })) {
      const before = await paths.past(client(), way)
      await states[state]?.(before)
      noTokens(await call(before), `${state}: ${way}`)
    }
  })

  it.each(Object.keys(states))('a user who is %s can not use an old access token', async (state) => {
    const before = await paths.past(client())
    await states[state]?.(before)
    const { status } = await server.call('GetUser', { AccessToken: before.accessToken })
    expect(status, state).toBe(400)
  })

  it('a locked user gets none by a password, and keeps the sessions that he has', async () => {
    for (const [way, call] of Object.entries(paths.passwords)) {
      const before = await paths.past(client(), way)
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
      for (const [refresh, again] of Object.entries(paths.refreshes)) expect((await again(before)).status, refresh).toBe(200)
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
      invited += 1
      const username = `invited-${invited}`
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
    const before = await paths.past(legacy)
    const found = await server.store.pools.byId(legacy.UserPoolId)
    const user = await server.store.users.byName(found?.uid ?? '', before.username)
    // All places of the gate are taken while an administrator disables the user.
    let open = () => {}
    const closed = new Promise<void>((resolve) => {
      open = resolve
    })
    const taken = Array.from({ length: 5 }, () => server.passwordGate.enter(`${found?.uid}/${user?.id}`, () => closed))
    const waiting = paths.passwords['InitiateAuth USER_PASSWORD_AUTH']?.(before)
    await new Promise((resolve) => setImmediate(resolve))
    await server.ok('AdminDisableUser', { UserPoolId: legacy.UserPoolId, Username: before.username })
    open()
    await Promise.all(taken)
    expect((await waiting)?.body).toEqual({ __type: 'NotAuthorizedException', message: 'User is disabled.' })
  })
})
