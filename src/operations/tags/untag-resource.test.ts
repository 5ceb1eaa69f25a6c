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

describe('UntagResource', () => {
  it('takes off the named tags; names that are not there change nothing', async () => {
    expect(await server.ok('UntagResource', { ResourceArn, TagKeys: ['stage', 'never'] })).toEqual({})
    expect((await server.ok('ListTagsForResource', { ResourceArn })).Tags).toEqual({ tenant: 'a' })
  })

  it('refuses a pool that is not there', async () => {
    await server.ok('DeleteUserPool', { UserPoolId })
    expect(await server.refused('UntagResource', { ResourceArn, TagKeys: ['tenant'] })).toEqual([
      'ResourceNotFoundException',
      `User pool ${UserPoolId} does not exist.`,
    ])
  })
})
