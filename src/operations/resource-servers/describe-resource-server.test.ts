import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

describe('DescribeResourceServer', () => {
  it('answers what CreateResourceServer answered', async () => {
    const { ResourceServer } = await server.ok('CreateResourceServer', {
      UserPoolId,
      Identifier: 'orders',
      Name: 'Orders',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }],
    })
    expect(await server.ok('DescribeResourceServer', { UserPoolId, Identifier: 'orders' })).toEqual({ ResourceServer })
  })

  it('knows one in its own pool only, and by its exact identifier', async () => {
    const other = await makePool(server)
    const at = { UserPoolId: other.UserPoolId, Identifier: 'theirs' }
    await server.ok('CreateResourceServer', { ...at, Name: 'Theirs' })
    const unknown = (Identifier: string) => ['ResourceNotFoundException', `Resource server ${Identifier} does not exist.`]
    expect(await server.refused('DescribeResourceServer', { ...at, UserPoolId })).toEqual(unknown('theirs'))
    expect(await server.refused('DescribeResourceServer', { ...at, Identifier: 'Theirs' })).toEqual(unknown('Theirs'))
  })
})
