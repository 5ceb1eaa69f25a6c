import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('DeleteManagedLoginBranding', () => {
  it('makes room for another style of the client', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    const make = async () =>
      (await server.ok('CreateManagedLoginBranding', { UserPoolId, ClientId, UseCognitoProvidedValues: true })).ManagedLoginBranding
    const { ManagedLoginBrandingId } = await make()
    expect(await server.ok('DeleteManagedLoginBranding', { UserPoolId, ManagedLoginBrandingId })).toBeUndefined()
    expect(await server.refused('DeleteManagedLoginBranding', { UserPoolId, ManagedLoginBrandingId })).toEqual([
      'ResourceNotFoundException',
      'ManagedLoginBranding does not exist.',
    ])
    expect((await make()).ManagedLoginBrandingId).not.toBe(ManagedLoginBrandingId)
  })
})
