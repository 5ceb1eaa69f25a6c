import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeUser } from '../../../tests/support/make-user.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool', AliasAttributes: ['email'] })).UserPool.Id
  await makeUser(server, UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
  await makeUser(server, UserPoolId, 'ben')
  for (const GroupName of ['one', 'two', 'three']) {
    await server.ok('CreateGroup', { GroupName, UserPoolId, Description: GroupName })
    await server.ok('AdminAddUserToGroup', { GroupName, UserPoolId, Username: 'ana' })
  }
})
afterAll(() => server.close())

describe('AdminListGroupsForUser', () => {
  it('answers the groups as GetGroup does, found by an alias too', async () => {
    const { Groups } = await server.ok('AdminListGroupsForUser', { UserPoolId, Username: 'ana@example.org' })
    expect(Groups).toHaveLength(3)
    expect(Groups).toContainEqual((await server.ok('GetGroup', { GroupName: 'two', UserPoolId })).Group)
  })

  it('pages through them, each once', async () => {
    const seen: string[] = []
    let NextToken: string | undefined
    do {
      const page = await server.ok('AdminListGroupsForUser', { UserPoolId, Username: 'ana', Limit: 1, NextToken })
      seen.push(...page.Groups.map(({ GroupName }: { GroupName: string }) => GroupName))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(seen.sort()).toEqual(['one', 'three', 'two'])
  })

  it('takes no token of another user', async () => {
    const { NextToken } = await server.ok('AdminListGroupsForUser', { UserPoolId, Username: 'ana', Limit: 1 })
    expect(await server.refused('AdminListGroupsForUser', { UserPoolId, Username: 'ben', NextToken })).toEqual([
      'InvalidParameterException',
      'Invalid pagination token given.',
    ])
  })

  it('answers an empty list, and refuses an unknown user', async () => {
    expect(await server.ok('AdminListGroupsForUser', { UserPoolId, Username: 'ben' })).toEqual({ Groups: [] })
    expect(await server.refused('AdminListGroupsForUser', { UserPoolId, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
  })
})
