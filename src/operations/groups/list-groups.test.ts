import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

const names = ['a', 'b', 'c', 'd', 'e']

describe('ListGroups', () => {
  it('answers an empty list for a pool without groups', async () => {
    expect(await server.ok('ListGroups', { UserPoolId })).toEqual({ Groups: [] })
  })

  it('pages through all groups, each once', async () => {
    for (const GroupName of names) await server.ok('CreateGroup', { GroupName, UserPoolId })
    const seen: string[] = []
    let NextToken: string | undefined
    do {
      const page = await server.ok('ListGroups', { UserPoolId, Limit: 2, NextToken })
      expect(page.Groups.length).toBeLessThanOrEqual(2)
      seen.push(...page.Groups.map(({ GroupName }: { GroupName: string }) => GroupName))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(seen).toEqual(names)
  })

  it('takes a limit of zero for none', async () => {
    const { Groups, NextToken } = await server.ok('ListGroups', { UserPoolId, Limit: 0 })
    expect(Groups).toHaveLength(names.length)
    expect(NextToken).toBeUndefined()
  })

  it('takes no token of another pool or operation', async () => {
    const { NextToken } = await server.ok('ListGroups', { UserPoolId, Limit: 1 })
    const other = (await server.ok('CreateUserPool', { PoolName: 'other' })).UserPool.Id
    const invalid = ['InvalidParameterException', 'Invalid pagination token given.']
    expect(await server.refused('ListGroups', { UserPoolId: other, NextToken })).toEqual(invalid)
    expect(await server.refused('ListResourceServers', { UserPoolId, NextToken })).toEqual(invalid)
  })
})
