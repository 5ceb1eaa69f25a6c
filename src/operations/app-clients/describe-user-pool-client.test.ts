import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('DescribeUserPoolClient', () => {
  it('answers settings and secret', async () => {
    const { UserPoolId, ClientId, ClientSecret } = await makePool(server, {}, { GenerateSecret: true, ClientName: 'web' })
    const { UserPoolClient } = await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })
    expect(UserPoolClient).toMatchObject({ UserPoolId, ClientId, ClientSecret, ClientName: 'web' })
    expect(Object.keys(UserPoolClient)).not.toContain('secrets')
  })

  it('leaves out permissions that were not narrowed', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    const { UserPoolClient } = await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })
    expect(UserPoolClient).not.toHaveProperty('ReadAttributes')
    expect(UserPoolClient).not.toHaveProperty('WriteAttributes')
  })

  it('refuses a client of another pool', async () => {
    const one = await makePool(server)
    const other = await makePool(server)
    expect(await server.refused('DescribeUserPoolClient', { UserPoolId: one.UserPoolId, ClientId: other.ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${other.ClientId} does not exist.`,
    ])
  })
})
