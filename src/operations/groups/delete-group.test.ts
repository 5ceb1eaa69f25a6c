import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeUser } from '../../../tests/support/make-user.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

const notFound = ['ResourceNotFoundException', 'Group not found.']

describe('DeleteGroup', () => {
  it('takes the group away, and the memberships with it', async () => {
    const group = { GroupName: 'brief', UserPoolId }
    await makeUser(server, UserPoolId, 'ana')
    await server.ok('CreateGroup', group)
    await server.ok('AdminAddUserToGroup', { ...group, Username: 'ana' })
    expect((await server.call('DeleteGroup', group)).status).toBe(200)
    expect(await server.refused('GetGroup', group)).toEqual(notFound)
    expect((await server.ok('AdminListGroupsForUser', { UserPoolId, Username: 'ana' })).Groups).toEqual([])
  })

  it('leaves no member to a group that is made again under the name', async () => {
    const group = { GroupName: 'admins', UserPoolId }
    await makeUser(server, UserPoolId, 'eve')
    await server.ok('CreateGroup', group)
    await server.ok('AdminAddUserToGroup', { ...group, Username: 'eve' })
    await server.ok('DeleteGroup', group)
    await server.ok('CreateGroup', group)
    expect((await server.ok('ListUsersInGroup', group)).Users).toEqual([])
    expect((await server.ok('AdminListGroupsForUser', { UserPoolId, Username: 'eve' })).Groups).toEqual([])
  })

  it('refuses a group that is not there', async () => {
    expect(await server.refused('DeleteGroup', { GroupName: 'none', UserPoolId })).toEqual(notFound)
  })
})
