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

const remove = (Identifier: string) => ({ UserPoolId, Identifier })

describe('DeleteResourceServer', () => {
  it('ends it once, with an empty answer', async () => {
    await server.ok('CreateResourceServer', { UserPoolId, Identifier: 'orders', Name: 'Orders' })
    expect(await server.ok('DeleteResourceServer', remove('orders'))).toBeUndefined()
    const gone = ['ResourceNotFoundException', 'Resource server orders does not exist.']
    expect(await server.refused('DescribeResourceServer', remove('orders'))).toEqual(gone)
    expect(await server.refused('DeleteResourceServer', remove('orders'))).toEqual(gone)
  })

  it('leaves that of another pool alone', async () => {
    const other = await makePool(server)
    const theirs = { UserPoolId: other.UserPoolId, Identifier: 'shared' }
    await server.ok('CreateResourceServer', { ...theirs, Name: 'Theirs' })
    await server.ok('CreateResourceServer', { ...remove('shared'), Name: 'Ours' })
    await server.ok('DeleteResourceServer', remove('shared'))
    expect((await server.ok('DescribeResourceServer', theirs)).ResourceServer.Name).toBe('Theirs')
  })
})
