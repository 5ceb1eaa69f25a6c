import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeUser } from '../../../tests/support/make-user.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
  await makeUser(server, UserPoolId, 'ana')
  for (const GroupName of ['one', 'two']) {
    await server.ok('CreateGroup', { GroupName, UserPoolId })
    await server.ok('AdminAddUserToGroup', { GroupName, UserPoolId, Username: 'ana' })
  }
})
afterAll(() => server.close())

describe('AdminRemoveUserFromGroup', () => {
  it('ends one membership and no other', async () => {
    expect((await server.call('AdminRemoveUserFromGroup', { GroupName: 'one', UserPoolId, Username: 'ana' })).status).toBe(200)
    const { Groups } = await server.ok('AdminListGroupsForUser', { UserPoolId, Username: 'ana' })
    expect(Groups).toMatchObject([{ GroupName: 'two' }])
  })

  it('is no fault for somebody who is no member', async () => {
    await makeUser(server, UserPoolId, 'ben')
    await server.ok('AdminRemoveUserFromGroup', { GroupName: 'two', UserPoolId, Username: 'ben' })
  })

  it('refuses users and groups that are not there', async () => {
    expect(await server.refused('AdminRemoveUserFromGroup', { GroupName: 'two', UserPoolId, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
    expect(await server.refused('AdminRemoveUserFromGroup', { GroupName: 'none', UserPoolId, Username: 'ana' })).toEqual([
      'ResourceNotFoundException',
      'Group not found.',
    ])
  })
})
