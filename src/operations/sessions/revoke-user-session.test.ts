import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { type TrackedSessions, trackSessions } from '../../../tests/support/tracked-sessions.ts'

let server: Harness
let pool: MadePool
let sessions: TrackedSessions

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  sessions = await trackSessions(server, pool)
})
afterAll(() => server.close())

describe('RevokeUserSession', () => {
  it('ends another session of the caller with all of its tokens, and no third one', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    const [lost, mine, third] = [await sessions.signIn('ana'), await sessions.signIn('ana'), await sessions.signIn('ana')]
    const { AccessToken: refreshed } = (await sessions.refresh(lost.RefreshToken)).body.AuthenticationResult
    const SessionId = (await sessions.ids('ana'))[2]
    const revocation = { AccessToken: mine.AccessToken, SessionId, RevokeAssociatedSessions: 'LINKED' as const }
    expect(await server.ok('RevokeUserSession', revocation, { unsigned: true })).toEqual({})
    expect((await server.refused('RevokeUserSession', revocation))[0]).toBe('ResourceNotFoundException')
    expect((await sessions.refresh(lost.RefreshToken)).body.message).toBe('Refresh Token has been revoked')
    for (const AccessToken of [lost.AccessToken, refreshed]) {
      expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
    }
    for (const { AccessToken, RefreshToken } of [mine, third]) {
      await server.ok('GetUser', { AccessToken })
      expect((await sessions.refresh(RefreshToken)).status).toBe(200)
    }
    expect(await sessions.ids('ana')).toHaveLength(2)
  })

  it('does not end the caller’s own session, nor one that is not the caller’s', async () => {
    await makeUser(server, pool.UserPoolId, 'eva')
    await makeUser(server, pool.UserPoolId, 'hans')
    const { AccessToken } = await sessions.signIn('eva')
    const hans = await sessions.signIn('hans')
    const own = (await sessions.ids('eva'))[0]
    expect((await server.refused('RevokeUserSession', { AccessToken, SessionId: own }))[0]).toBe('InvalidParameterException')
    for (const SessionId of [(await sessions.ids('hans'))[0], `tkn${'0'.repeat(25)}`, 'x', '']) {
      expect(await server.refused('RevokeUserSession', { AccessToken, SessionId })).toEqual([
        'ResourceNotFoundException',
        'Session not found.',
      ])
    }
    await server.ok('GetUser', { AccessToken })
    await server.ok('GetUser', { AccessToken: hans.AccessToken })
  })
})
