import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'

let server: Harness
let UserPoolId: string
let ClientId: string

beforeAll(async () => {
  server = await createHarness()
  const pool = await makePool(server)
  UserPoolId = pool.UserPoolId
  ClientId = pool.ClientId
  await makeUser(server, UserPoolId, 'ana')
  await server.ok('CreateGroup', { GroupName: 'staff', UserPoolId })
})
afterAll(() => server.close())

const groupsOf = async (Username: string): Promise<string[]> => {
  const { Groups } = await server.ok('AdminListGroupsForUser', { UserPoolId, Username })
  return Groups.map(({ GroupName }: { GroupName: string }) => GroupName)
}

describe('AdminAddUserToGroup', () => {
  it('puts the group into the tokens of the next sign-in', async () => {
    expect((await server.call('AdminAddUserToGroup', { GroupName: 'staff', UserPoolId, Username: 'ana' })).status).toBe(200)
    const { AuthenticationResult } = await server.ok('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password },
    })
    expect(tokenParts(AuthenticationResult.IdToken).payload['cognito:groups']).toEqual(['staff'])
    expect(tokenParts(AuthenticationResult.AccessToken).payload['cognito:groups']).toEqual(['staff'])
  })

  it('is no fault the second time', async () => {
    await makeUser(server, UserPoolId, 'twice')
    for (let n = 0; n < 2; n += 1) await server.ok('AdminAddUserToGroup', { GroupName: 'staff', UserPoolId, Username: 'twice' })
    expect(await groupsOf('twice')).toEqual(['staff'])
  })

  it('refuses users and groups that are not there', async () => {
    expect(await server.refused('AdminAddUserToGroup', { GroupName: 'staff', UserPoolId, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
    expect(await server.refused('AdminAddUserToGroup', { GroupName: 'none', UserPoolId, Username: 'ana' })).toEqual([
      'ResourceNotFoundException',
      'Group not found.',
    ])
  })

  it('lets a user into 100 groups', async () => {
    await makeUser(server, UserPoolId, 'joiner')
    for (let n = 0; n < 100; n += 1) {
      await server.ok('CreateGroup', { GroupName: `g${n}`, UserPoolId })
      await server.ok('AdminAddUserToGroup', { GroupName: `g${n}`, UserPoolId, Username: 'joiner' })
    }
    expect(await server.refused('AdminAddUserToGroup', { GroupName: 'staff', UserPoolId, Username: 'joiner' })).toEqual([
      'InvalidParameterException',
      'A user can be a member of at most 100 groups.',
    ])
    await server.ok('AdminRemoveUserFromGroup', { GroupName: 'g0', UserPoolId, Username: 'joiner' })
    await server.ok('AdminAddUserToGroup', { GroupName: 'staff', UserPoolId, Username: 'joiner' })
  })
})
