import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { atOnce } from '../support/parallel.ts'
import { type SignedIn, type TrackedSessions, trackSessions } from '../support/tracked-sessions.ts'

let server: Harness
let pool: MadePool
let sessions: TrackedSessions

const limit = 3

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  sessions = await trackSessions(server, pool, limit)
})
afterAll(() => server.close())

const isAlive = async ({ AccessToken, RefreshToken }: SignedIn): Promise<boolean> => {
  const used = await server.call('GetUser', { AccessToken })
  const refreshed = await sessions.refresh(RefreshToken)
  expect(used.status).toBe(refreshed.status)
  for (const { status, body } of [used, refreshed]) expect([undefined, 'NotAuthorizedException'], `${status}`).toContain(body.__type)
  return used.status === 200
}

describe('must-not-happen 13: no token of a listed session goes on working', () => {
  it('when the session was ended, however many refreshes were under way', async () => {
    await makeUser(server, pool.UserPoolId, 'ended')
    const first = await sessions.signIn('ended')
    const [SessionId] = await sessions.ids('ended')
    const refreshes = Array.from({ length: atOnce }, () => sessions.refresh(first.RefreshToken))
    await server.ok('AdminRevokeUserSession', { UserPoolId: pool.UserPoolId, Username: 'ended', SessionId })
    const answers = await Promise.all(refreshes)
    expect(await isAlive(first)).toBe(false)
    for (const { body } of answers) {
      const { AuthenticationResult: tokens } = body
      if (tokens !== undefined) expect(await isAlive({ ...tokens, RefreshToken: first.RefreshToken })).toBe(false)
    }
  })

  it('when newer sign-ins pushed it out, and as many as allowed are left', async () => {
    await makeUser(server, pool.UserPoolId, 'crowd')
    const all = await Promise.all(Array.from({ length: 10 }, () => sessions.signIn('crowd')))
    const alive = await Promise.all(all.map(isAlive))
    expect(alive.filter(Boolean)).toHaveLength(limit)
    expect(await sessions.ids('crowd')).toHaveLength(limit)
  })

  it('after its time, and the day in which its last access token may live', async () => {
    const day = 86_400_000
    await makeUser(server, pool.UserPoolId, 'late')
    const first = await sessions.signIn('late')
    server.clock.advance(30 * day - 10_000)
    const { AuthenticationResult } = (await sessions.refresh(first.RefreshToken)).body
    const [SessionId] = await sessions.ids('late')
    await server.ok('AdminRevokeUserSession', { UserPoolId: pool.UserPoolId, Username: 'late', SessionId })
    server.clock.advance(10_000)
    const by = { actor: 'test', requestId: 'r', action: 'Purge', at: server.clock.now() }
    while ((await server.store.maintenance.purge(by, 1000)) > 0) {
      // Everything that has expired goes.
    }
    expect(await server.refused('GetUser', { AccessToken: AuthenticationResult.AccessToken })).toEqual([
      'NotAuthorizedException',
      'Access Token has been revoked',
    ])
    server.clock.reset()
  })
})
