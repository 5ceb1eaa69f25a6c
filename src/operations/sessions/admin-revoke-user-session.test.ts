import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
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

const revoke = (Username: string, SessionId: string | undefined, more = {}) =>
  ['AdminRevokeUserSession', { UserPoolId: pool.UserPoolId, Username, SessionId, ...more }] as const

describe('AdminRevokeUserSession', () => {
  it.each([
    ['an ordinary client', {}],
    ['a client without token revocation', { EnableTokenRevocation: false }],
    [
      'a client whose tokens rotate',
      {
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const],
        RefreshTokenRotation: { Feature: 'ENABLED' as const, RetryGracePeriodSeconds: 60 },
      },
    ],
  ])('ends one session with all of its tokens: %s', async (name, settings) => {
    const made = await makeClient(server, pool.UserPoolId, settings)
    const username = name.replaceAll(' ', '-')
    await makeUser(server, pool.UserPoolId, username)
    const [ended, kept] = [await sessions.signIn(username, made), await sessions.signIn(username, made)]
    const { AuthenticationResult: refreshed } = (await sessions.refresh(ended.RefreshToken, made)).body
    expect(await server.ok(...revoke(username, (await sessions.ids(username))[1]))).toEqual({})
    for (const token of [ended.RefreshToken, refreshed.RefreshToken ?? ended.RefreshToken]) {
      expect((await sessions.refresh(token, made)).body.message).toBe('Refresh Token has been revoked')
    }
    for (const { AccessToken } of [ended, refreshed]) {
      expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
    }
    await server.ok('GetUser', { AccessToken: kept.AccessToken })
    expect((await sessions.refresh(kept.RefreshToken, made)).status).toBe(200)
    expect(await sessions.ids(username)).toHaveLength(1)
  })

  it('refuses sessions of others and of nobody', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    await makeUser(server, pool.UserPoolId, 'eva')
    const { AccessToken } = await sessions.signIn('ana')
    const [SessionId] = await sessions.ids('ana')
    expect((await server.refused(...revoke('eva', SessionId)))[0]).toBe('ResourceNotFoundException')
    expect((await server.refused(...revoke('nobody', SessionId)))[0]).toBe('UserNotFoundException')
    const other = await makePool(server)
    await trackSessions(server, other)
    await makeUser(server, other.UserPoolId, 'ana')
    expect((await server.refused(...revoke('ana', SessionId, { UserPoolId: other.UserPoolId })))[0]).toBe('ResourceNotFoundException')
    await server.ok('GetUser', { AccessToken })
  })
})
