import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let ResourceArn: string
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  const { UserPool } = await server.ok('CreateUserPool', { PoolName: 'pool', UserPoolTags: { tenant: 'a', stage: 'test' } })
  ResourceArn = UserPool.Arn
  UserPoolId = UserPool.Id
})
afterAll(() => server.close())

describe('ListTagsForResource', () => {
  it('answers the tags of the pool', async () => {
    expect(await server.ok('ListTagsForResource', { ResourceArn })).toEqual({ Tags: { tenant: 'a', stage: 'test' } })
  })

  it('answers an empty map for a pool without tags', async () => {
    const { UserPool } = await server.ok('CreateUserPool', { PoolName: 'bare' })
    expect(await server.ok('ListTagsForResource', { ResourceArn: UserPool.Arn })).toEqual({ Tags: {} })
  })

  it('refuses a pool that is not there', async () => {
    const missing = `${ResourceArn}x`
    expect(await server.refused('ListTagsForResource', { ResourceArn: missing })).toEqual([
      'ResourceNotFoundException',
      `User pool ${UserPoolId}x does not exist.`,
    ])
  })
})
