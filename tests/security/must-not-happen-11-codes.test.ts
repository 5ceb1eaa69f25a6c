import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../src/domain/user.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { codeFor, pageSettings, redeem, refusal } from '../support/page-codes.ts'

let server: OAuthServer
let pool: MadePool
let users = 0

beforeAll(async () => {
  server = await startOAuth()
  pool = await makePool(server.harness, {}, pageSettings)
})
afterAll(() => server.stop())

const nextUser = async (): Promise<string> => {
  users += 1
  await makeUser(server.harness, pool.UserPoolId, `user-${users}`, { email: `user-${users}@example.org`, email_verified: 'true' })
  return `user-${users}`
}
const named = (Username: string) => ({ UserPoolId: pool.UserPoolId, Username })

/** A state that is written straight into the row, sessions untouched: the redemption must look at the state itself. */
const written =
  (change: Partial<User>) =>
  async (username: string): Promise<void> => {
    const found = await server.harness.store.pools.byId(pool.UserPoolId)
    const user = await server.harness.store.users.byName(found?.uid ?? '', username)
    if (user === undefined) throw new Error(`there is no user ${username}`)
    const by = { actor: 'test', requestId: 'r', action: 'Test', at: server.harness.clock.now() }
    expect(await server.harness.store.users.save(by, { user: { ...user, ...change } })).toBe('saved')
  }

const states: Record<string, (username: string) => Promise<unknown>> = {
  'disabled by the API': (username) => server.harness.ok('AdminDisableUser', named(username)),
  'disabled and enabled again': async (username) => {
    await server.harness.ok('AdminDisableUser', named(username))
    await server.harness.ok('AdminEnableUser', named(username))
  },
  'deleted by an administrator': (username) => server.harness.ok('AdminDeleteUser', named(username)),
  'deleted, and made again under the same name': async (username) => {
    await server.harness.ok('AdminDeleteUser', named(username))
    await makeUser(server.harness, pool.UserPoolId, username)
  },
  'RESET_REQUIRED by the API': (username) => server.harness.ok('AdminResetUserPassword', named(username)),
  'FORCE_CHANGE_PASSWORD by the API': (username) =>
    server.harness.ok('AdminSetUserPassword', { ...named(username), Password: password, Permanent: false }),
  'given another password by an administrator': (username) =>
    server.harness.ok('AdminSetUserPassword', { ...named(username), Password: password, Permanent: true }),
  disabled: written({ enabled: false }),
  UNCONFIRMED: written({ status: 'UNCONFIRMED' }),
  RESET_REQUIRED: written({ status: 'RESET_REQUIRED' }),
  FORCE_CHANGE_PASSWORD: written({ status: 'FORCE_CHANGE_PASSWORD', temporaryPasswordAt: Date.UTC(2026, 0, 15) }),
  COMPROMISED: written({ status: 'COMPROMISED' }),
  ARCHIVED: written({ status: 'ARCHIVED' }),
  UNKNOWN: written({ status: 'UNKNOWN' }),
}

describe('must-not-happen 11: a code from before gives no tokens when its user is', () => {
  it.each(Object.entries(states))('%s', async (_, reach) => {
    const username = await nextUser()
    const code = await codeFor(server.harness, pool, username)
    await reach(username)
    const answer = await redeem(server, pool, code)
    expect([answer.status, answer.body]).toEqual([400, { error: 'invalid_grant' }])
  })

  it('but does when the user is as before', async () => {
    const username = await nextUser()
    expect((await redeem(server, pool, await codeFor(server.harness, pool, username))).status).toBe(200)
  })
})

describe('must-not-happen 11: a session from a page gives no tokens at the token endpoint when its user is', () => {
  it.each(Object.entries(states))('%s', async (_, reach) => {
    const username = await nextUser()
    const { body } = await redeem(server, pool, await codeFor(server.harness, pool, username))
    await reach(username)
    const form = { grant_type: 'refresh_token', client_id: pool.ClientId, refresh_token: body.refresh_token }
    expect(await refusal(server.post('token', form))).toEqual([400, 'invalid_grant'])
  })
})
