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

describe('AdminListUserSessions', () => {
  it('lists what the user would see, none of it as the current one', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    const { AccessToken } = await sessions.signIn('ana')
    const { Sessions: own } = await server.ok('ListUserSessions', { AccessToken })
    const { Sessions } = await server.ok('AdminListUserSessions', { UserPoolId: pool.UserPoolId, Username: 'ana' })
    expect(own).toMatchObject([{ IsCurrentSession: true }])
    expect(Sessions).toEqual([{ ...own[0], IsCurrentSession: false }])
  })

  it('is empty for a user who never signed in, and refuses one who does not exist', async () => {
    await makeUser(server, pool.UserPoolId, 'never')
    expect(await server.ok('AdminListUserSessions', { UserPoolId: pool.UserPoolId, Username: 'never' })).toEqual({ Sessions: [] })
    expect(await server.refused('AdminListUserSessions', { UserPoolId: pool.UserPoolId, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
  })

  it('has one page', async () => {
    await makeUser(server, pool.UserPoolId, 'one-page')
    const input = { UserPoolId: pool.UserPoolId, Username: 'one-page', NextToken: 'x' }
    expect(await server.refused('AdminListUserSessions', input)).toEqual(['InvalidParameterException', 'Invalid pagination token given.'])
  })

  it('does not show sessions of a namesake who was deleted', async () => {
    await makeUser(server, pool.UserPoolId, 'twice')
    await sessions.signIn('twice')
    await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username: 'twice' })
    await makeUser(server, pool.UserPoolId, 'twice')
    expect(await sessions.ids('twice')).toEqual([])
  })
})
