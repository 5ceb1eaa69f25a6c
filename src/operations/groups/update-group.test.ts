import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

const make = (GroupName: string) => server.ok('CreateGroup', { GroupName, UserPoolId, Description: 'before', Precedence: 5 })

describe('UpdateGroup', () => {
  it('changes what it is given and leaves the rest', async () => {
    const { Group: before } = await make('editors')
    server.clock.advance(1000)
    const { Group } = await server.ok('UpdateGroup', { GroupName: 'editors', UserPoolId, Description: 'after' })
    expect(Group).toEqual({ ...before, Description: 'after', LastModifiedDate: before.LastModifiedDate + 1 })
    expect((await server.ok('GetGroup', { GroupName: 'editors', UserPoolId })).Group).toEqual(Group)
  })

  it('can set a precedence of zero and an empty description', async () => {
    await make('zero')
    const { Group } = await server.ok('UpdateGroup', { GroupName: 'zero', UserPoolId, Precedence: 0, Description: '' })
    expect(Group).toMatchObject({ Precedence: 0, Description: '' })
  })

  it('loses nothing to another update of the same group', async () => {
    await make('raced')
    await Promise.all([
      server.ok('UpdateGroup', { GroupName: 'raced', UserPoolId, Precedence: 1 }),
      server.ok('UpdateGroup', { GroupName: 'raced', UserPoolId, Description: 'both' }),
    ])
    expect((await server.ok('GetGroup', { GroupName: 'raced', UserPoolId })).Group).toMatchObject({ Precedence: 1, Description: 'both' })
  })

  it('does not make a group', async () => {
    expect(await server.refused('UpdateGroup', { GroupName: 'new', UserPoolId, Precedence: 1 })).toEqual([
      'ResourceNotFoundException',
      'Group not found.',
    ])
  })
})
