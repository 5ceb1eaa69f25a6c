import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
  await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'orders', Name: 'Orders', Scopes: [scope('read')] })
})
afterAll(() => server.close())

const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: ScopeName })
const change = (more: object) => ({ UserPoolId, Identifier: 'orders', Name: 'Orders', ...more })
const described = async () => (await server.ok('DescribeResourceServer', { UserPoolId, Identifier: 'orders' })).ResourceServer

describe('UpdateResourceServer', () => {
  it('replaces name and scopes', async () => {
    const to = { Name: 'Renamed', Scopes: [scope('write'), scope('list')] }
    expect(await server.ok('UpdateResourceServer', change(to))).toEqual({
      ResourceServer: { UserPoolId, Identifier: 'orders', ...to },
    })
    expect(await described()).toMatchObject(to)
  })

  it('takes the scopes away when there are none', async () => {
    await server.ok('UpdateResourceServer', change({ Scopes: [scope('write')] }))
    await server.ok('UpdateResourceServer', change({}))
    expect(await described()).toEqual(change({}))
  })

  it('refuses a scope given twice', async () => {
    expect(await server.refused('UpdateResourceServer', change({ Scopes: [scope('a'), scope('a')] }))).toEqual([
      'InvalidParameterException',
      'The scope a is given more than once.',
    ])
  })

  it('lets the last of two changes at once win', async () => {
    const slow = withRival(server, 'resourceServers', () => server.ok('UpdateResourceServer', change({ Name: 'first' })))
    await slow.ok('UpdateResourceServer', change({ Name: 'second' }))
    expect((await described()).Name).toBe('second')
  })

  it('does not make one', async () => {
    expect(await server.refused('UpdateResourceServer', change({ Identifier: 'none' }))).toEqual([
      'ResourceNotFoundException',
      'Resource server none does not exist.',
    ])
  })
})
