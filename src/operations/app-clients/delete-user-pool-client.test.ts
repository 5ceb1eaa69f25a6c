import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

describe('DeleteUserPoolClient', () => {
  it('ends the client at once, with an empty answer', async () => {
    const { ClientId } = await makeClient(server, UserPoolId)
    expect(await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId })).toBeUndefined()
    const gone = ['ResourceNotFoundException', `User pool client ${ClientId} does not exist.`]
    expect(await server.refused('DescribeUserPoolClient', { UserPoolId, ClientId })).toEqual(gone)
    expect(await server.refused('DeleteUserPoolClient', { UserPoolId, ClientId })).toEqual(gone)
    expect(await server.refused('ForgotPassword', { ClientId, Username: 'ana' }, { unsigned: true })).toEqual(gone)
  })

  it('leaves a client of another pool alone', async () => {
    const other = await makePool(server)
    expect(await server.refused('DeleteUserPoolClient', { UserPoolId, ClientId: other.ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${other.ClientId} does not exist.`,
    ])
    await server.ok('DescribeUserPoolClient', { UserPoolId: other.UserPoolId, ClientId: other.ClientId })
  })
})
