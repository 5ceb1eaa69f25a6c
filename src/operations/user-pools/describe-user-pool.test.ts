import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser } from '../../../tests/support/make-user.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('DescribeUserPool', () => {
  it('answers what CreateUserPool answered', async () => {
    const { UserPool } = await server.ok('CreateUserPool', { PoolName: 'pool', UsernameAttributes: ['email'], UserPoolTags: { team: 'a' } })
    expect(await server.ok('DescribeUserPool', { UserPoolId: UserPool.Id })).toEqual({ UserPool })
  })

  it('counts the users', async () => {
    const { UserPoolId } = await makePool(server)
    await inviteUser(server, UserPoolId, 'ana')
    await inviteUser(server, UserPoolId, 'ben')
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool.EstimatedNumberOfUsers).toBe(2)
  })

  it('does not know what never was', async () => {
    expect(await server.refused('DescribeUserPool', { UserPoolId: 'us-east-1_none' })).toEqual([
      'ResourceNotFoundException',
      'User pool us-east-1_none does not exist.',
    ])
  })
})
