import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('GetUserPoolClientSessionConfiguration', () => {
  it('answers an hour while nobody set anything else', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    expect(await server.ok('GetUserPoolClientSessionConfiguration', { UserPoolId, ClientId })).toEqual({
      UserPoolId,
      ClientId,
      SSOSession: { MaxValidityMinutes: 60 },
    })
  })

  it('refuses a client of another pool', async () => {
    const [{ UserPoolId }, { ClientId }] = [await makePool(server), await makePool(server)]
    expect(await server.refused('GetUserPoolClientSessionConfiguration', { UserPoolId, ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${ClientId} does not exist.`,
    ])
  })
})
