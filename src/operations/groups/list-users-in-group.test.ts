import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeUser } from '../../../tests/support/make-user.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
  for (const GroupName of ['staff', 'empty']) await server.ok('CreateGroup', { GroupName, UserPoolId })
  for (const Username of ['ana', 'ben', 'cem']) {
    await makeUser(server, UserPoolId, Username, { email: `${Username}@example.org` })
    await server.ok('AdminAddUserToGroup', { GroupName: 'staff', UserPoolId, Username })
  }
  await makeUser(server, UserPoolId, 'stranger')
})
afterAll(() => server.close())

describe('ListUsersInGroup', () => {
  it('answers the members as ListUsers shows them', async () => {
    const { Users } = await server.ok('ListUsersInGroup', { GroupName: 'staff', UserPoolId })
    const all = (await server.ok('ListUsers', { UserPoolId })).Users
    expect(Users).toHaveLength(3)
    expect(Users).toEqual(expect.arrayContaining(all.filter(({ Username }: { Username: string }) => Username !== 'stranger')))
    expect(Users[0]).toMatchObject({ Enabled: true, UserStatus: 'CONFIRMED' })
  })

  it('pages through them, each once', async () => {
    const seen: string[] = []
    let NextToken: string | undefined
    do {
      const page = await server.ok('ListUsersInGroup', { GroupName: 'staff', UserPoolId, Limit: 2, NextToken })
      seen.push(...page.Users.map(({ Username }: { Username: string }) => Username))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(seen.sort()).toEqual(['ana', 'ben', 'cem'])
  })

  it('takes no token of another group', async () => {
    const { NextToken } = await server.ok('ListUsersInGroup', { GroupName: 'staff', UserPoolId, Limit: 1 })
    expect(await server.refused('ListUsersInGroup', { GroupName: 'empty', UserPoolId, NextToken })).toEqual([
      'InvalidParameterException',
      'Invalid pagination token given.',
    ])
  })

  it('answers nobody for an empty group, and refuses one that is not there', async () => {
    expect(await server.ok('ListUsersInGroup', { GroupName: 'empty', UserPoolId })).toEqual({ Users: [] })
    expect(await server.refused('ListUsersInGroup', { GroupName: 'none', UserPoolId })).toEqual([
      'ResourceNotFoundException',
      'Group not found.',
    ])
  })

  it('forgets users that were deleted', async () => {
    await server.ok('AdminDeleteUser', { UserPoolId, Username: 'ben' })
    const { Users } = await server.ok('ListUsersInGroup', { GroupName: 'staff', UserPoolId })
    expect(Users.map(({ Username }: { Username: string }) => Username).sort()).toEqual(['ana', 'cem'])
  })
})
