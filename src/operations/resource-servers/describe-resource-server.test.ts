import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

describe('DescribeResourceServer', () => {
  it('answers the server', async () => {
    const asked = { UserPoolId, Identifier: 'api', Name: 'API' }
    await server.ok('CreateResourceServer', asked)
    expect((await server.ok('DescribeResourceServer', { UserPoolId, Identifier: 'api' })).ResourceServer).toEqual(asked)
  })

  it('refuses one that the pool does not have', async () => {
    const other = (await server.ok('CreateUserPool', { PoolName: 'other' })).UserPool.Id
    await server.ok('CreateResourceServer', { UserPoolId: other, Identifier: 'theirs', Name: 'API' })
    expect(await server.refused('DescribeResourceServer', { UserPoolId, Identifier: 'theirs' })).toEqual([
      'ResourceNotFoundException',
      'Resource server theirs does not exist.',
    ])
  })
})
