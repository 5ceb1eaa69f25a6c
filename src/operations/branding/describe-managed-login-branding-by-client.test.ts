import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string
let ClientId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId, ClientId } = await makePool(server))
})
afterAll(() => server.close())

describe('DescribeManagedLoginBrandingByClient', () => {
  it("shows a client's style, and no other client's", async () => {
    const made = await server.ok('CreateManagedLoginBranding', { UserPoolId, ClientId, UseCognitoProvidedValues: true })
    expect(await server.ok('DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId })).toEqual(made)
    const other = await makeClient(server, UserPoolId)
    expect(await server.refused('DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId: other.ClientId })).toEqual([
      'ResourceNotFoundException',
      `ManagedLoginBranding for client ${other.ClientId} does not exist.`,
    ])
  })

  it('loses the style with the client', async () => {
    const { ManagedLoginBranding } = await server.ok('DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId })
    await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId })
    const ids = { UserPoolId, ManagedLoginBrandingId: ManagedLoginBranding.ManagedLoginBrandingId }
    expect((await server.refused('DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId }))[1]).toBe(
      `User pool client ${ClientId} does not exist.`,
    )
    expect((await server.refused('DescribeManagedLoginBranding', ids))[0]).toBe('ResourceNotFoundException')
  })
})
