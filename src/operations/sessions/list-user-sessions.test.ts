import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
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

const list = async (AccessToken: string) => (await server.ok('ListUserSessions', { AccessToken }, { unsigned: true })).Sessions

describe('ListUserSessions', () => {
  it('lists the sessions with every app client, newest first, and tells the caller’s own', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    await makeUser(server, pool.UserPoolId, 'eva')
    const other = await makeClient(server, pool.UserPoolId)
    const began = server.clock.now() / 1000
    const first = await sessions.signIn('ana', pool, {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    })
    const second = await sessions.signIn('ana', other)
    await sessions.signIn('eva')
    server.clock.advance(60_000)
    const { AuthenticationResult } = (await sessions.refresh(first.RefreshToken)).body
    const session = (ClientId: string, began: number, used: number, DeviceType: string, IsCurrentSession: boolean) => ({
      SessionId: expect.stringMatching(/^tkn[a-z0-9]{25}$/),
      SessionType: 'TOKEN',
      ClientId,
      CreateDate: began,
      LastActiveDate: used,
      DeviceType,
      LastIPAddress: '127.0.0.1',
      IsCurrentSession,
    })
    for (const [AccessToken, isFirst] of [
      [first.AccessToken, true],
      [AuthenticationResult.AccessToken, true],
      [second.AccessToken, false],
    ] as const) {
      expect(await list(AccessToken)).toEqual([
        session(other.ClientId, began + 1, began + 1, 'unknown', !isFirst),
        session(pool.ClientId, began, began + 63, 'Firefox 133, Linux', isFirst),
      ])
    }
  })

  it('believes an address from a server, not from whoever signs in', async () => {
    const { UserPoolId, ClientId } = pool
    await makeUser(server, UserPoolId, 'elsewhere')
    const AuthParameters = { USERNAME: 'elsewhere', PASSWORD: password }
    await server.ok('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters,
      UserContextData: { IpAddress: '192.0.2.1' },
    })
    server.clock.advance(1000)
    const HttpHeaders = [{ headerName: 'User-Agent', headerValue: 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/133.0' }]
    await server.ok('AdminInitiateAuth', {
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters,
      ContextData: { IpAddress: '192.0.2.2', ServerName: 's', ServerPath: '/', HttpHeaders },
    })
    const { Sessions } = await server.ok('AdminListUserSessions', { UserPoolId, Username: 'elsewhere' })
    expect(Sessions).toMatchObject([
      { LastIPAddress: '192.0.2.2', DeviceType: 'Firefox 133, Windows 10' },
      { LastIPAddress: '127.0.0.1', DeviceType: 'unknown' },
    ])
  })

  it('lists no session that has ended, however it did', async () => {
    await makeUser(server, pool.UserPoolId, 'ends')
    const { UserPoolId } = pool
    const gone = await makeClient(server, UserPoolId)
    const short = await makeClient(server, UserPoolId, { RefreshTokenValidity: 60, TokenValidityUnits: { RefreshToken: 'minutes' } })
    const revoked = await sessions.signIn('ends')
    await sessions.signIn('ends', gone)
    await sessions.signIn('ends', short)
    expect(await sessions.ids('ends')).toHaveLength(3)
    await server.ok('RevokeToken', { ClientId: pool.ClientId, Token: revoked.RefreshToken })
    expect(await sessions.ids('ends')).toHaveLength(2)
    await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId: gone.ClientId })
    expect(await sessions.ids('ends')).toHaveLength(1)
    server.clock.advance(3_600_000)
    expect(await sessions.ids('ends')).toEqual([])
    for (const end of ['GlobalSignOut', 'AdminUserGlobalSignOut', 'AdminDisableUser'] as const) {
      const { AccessToken } = await sessions.signIn('ends')
      expect(await sessions.ids('ends')).toHaveLength(1)
      await server.ok(end, end === 'GlobalSignOut' ? { AccessToken } : { UserPoolId, Username: 'ends' })
      expect(await sessions.ids('ends'), end).toEqual([])
    }
  })

  it('writes nothing at a sign-in or a refresh where sessions are not tracked', async () => {
    const made = await makePool(server)
    await makeUser(server, made.UserPoolId, 'ana')
    const { uid } = (await server.store.pools.byId(made.UserPoolId)) ?? expect.fail('no pool')
    // The first sign-in makes the pool's keys.
    await sessions.signIn('ana', made)
    const before = await server.store.audit.list(uid, { limit: 100 })
    const { RefreshToken } = await sessions.signIn('ana', made)
    expect((await sessions.refresh(RefreshToken, made)).status).toBe(200)
    expect(await server.store.audit.list(uid, { limit: 100 })).toEqual(before)
  })

  it('is refused where sessions are not tracked, and to a token that is over', async () => {
    const made = await makePool(server)
    await makeUser(server, made.UserPoolId, 'ana')
    const { AccessToken } = await sessions.signIn('ana', made)
    expect(await server.refused('ListUserSessions', { AccessToken })).toEqual([
      'OperationNotEnabledException',
      'Session tracking is not enabled for the user pool.',
    ])
    await server.ok('GlobalSignOut', { AccessToken })
    expect(await server.refused('ListUserSessions', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
  })
})
