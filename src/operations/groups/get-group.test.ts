import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

describe('GetGroup', () => {
  it('answers the group', async () => {
    await server.ok('CreateGroup', { GroupName: 'readers', UserPoolId, Precedence: 3 })
    expect((await server.ok('GetGroup', { GroupName: 'readers', UserPoolId })).Group).toMatchObject({
      GroupName: 'readers',
      UserPoolId,
      Precedence: 3,
    })
  })

  it.each(['nobody', 'Readers'])('does not find %s', async (GroupName) => {
    expect(await server.refused('GetGroup', { GroupName, UserPoolId })).toEqual(['ResourceNotFoundException', 'Group not found.'])
  })
})
