import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Reads' }]

describe('UpdateResourceServer', () => {
  it('replaces name and scopes', async () => {
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'api', Name: 'before', Scopes })
    const changed = { UserPoolId, Identifier: 'api', Name: 'after', Scopes: [{ ScopeName: 'write', ScopeDescription: 'Writes' }] }
    expect((await server.ok('UpdateResourceServer', changed)).ResourceServer).toEqual(changed)
    expect((await server.ok('DescribeResourceServer', { UserPoolId, Identifier: 'api' })).ResourceServer).toEqual(changed)
  })

  it('takes the scopes away when it is given none', async () => {
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'bare', Name: 'bare', Scopes })
    await server.ok('UpdateResourceServer', { UserPoolId, Identifier: 'bare', Name: 'bare' })
    expect((await server.ok('DescribeResourceServer', { UserPoolId, Identifier: 'bare' })).ResourceServer.Scopes).toBeUndefined()
  })

  it('succeeds beside another update of the same server', async () => {
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'raced', Name: 'raced' })
    await Promise.all(['one', 'two', 'three'].map((Name) => server.ok('UpdateResourceServer', { UserPoolId, Identifier: 'raced', Name })))
  })

  it('refuses doubled scopes and a server that is not there', async () => {
    const update = { UserPoolId, Identifier: 'none', Name: 'none' }
    expect(await server.refused('UpdateResourceServer', update)).toEqual([
      'ResourceNotFoundException',
      'Resource server none does not exist.',
    ])
    expect(await server.refused('UpdateResourceServer', { ...update, Scopes: [...Scopes, ...Scopes] })).toEqual([
      'InvalidParameterException',
      'The scope read is given more than once.',
    ])
  })
})
