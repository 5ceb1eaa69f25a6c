import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changePool } from '../../../tests/support/change-settings.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const refused = (UserPoolId: string) => server.refused('DeleteUserPool', { UserPoolId })

describe('DeleteUserPool', () => {
  it('ends the pool and its app clients at once, with an empty answer', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    expect(await server.ok('DeleteUserPool', { UserPoolId })).toBeUndefined()
    const gone = ['ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`]
    expect(await server.refused('DescribeUserPool', { UserPoolId })).toEqual(gone)
    expect(await refused(UserPoolId)).toEqual(gone)
    expect(await server.refused('ForgotPassword', { ClientId, Username: 'ana' })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${ClientId} does not exist.`,
    ])
  })

  it('leaves a protected pool until the protection is taken off', async () => {
    const { UserPoolId } = await makePool(server, { DeletionProtection: 'ACTIVE' })
    expect(await refused(UserPoolId)).toEqual([
      'InvalidParameterException',
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    ])
    await server.ok('UpdateUserPool', { UserPoolId, DeletionProtection: 'INACTIVE' })
    await server.ok('DeleteUserPool', { UserPoolId })
  })

  it.each([{ Domain: 'example' }, { CustomDomain: 'auth.example.org' }])('leaves a pool that has %j', async (domain) => {
    const { UserPoolId } = await makePool(server)
    await changePool(server, UserPoolId, domain)
    expect(await refused(UserPoolId)).toEqual([
      'InvalidParameterException',
      'User pool cannot be deleted. It has a domain configured that should be deleted first.',
    ])
  })

  it('makes room for another pool of the region', async () => {
    const { UserPoolId } = await makePool(server)
    const before = (await server.ok('ListUserPools', { MaxResults: 60 })).UserPools.length
    await server.ok('DeleteUserPool', { UserPoolId })
    expect((await server.ok('ListUserPools', { MaxResults: 60 })).UserPools).toHaveLength(before - 1)
  })
})
