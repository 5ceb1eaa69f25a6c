import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('GetUserPoolSessionConfiguration', () => {
  it('answers the defaults while nobody set any, on every tier', async () => {
    for (const UserPoolTier of ['LITE', 'ESSENTIALS'] as const) {
      const { UserPoolId } = await makePool(server, { UserPoolTier })
      expect(await server.ok('GetUserPoolSessionConfiguration', { UserPoolId })).toEqual({
        UserPoolId,
        UserSessionTracking: 'DISABLED',
        TokenSession: { MaxPerUser: 20 },
      })
    }
  })

  it('refuses a pool that does not exist', async () => {
    expect(await server.refused('GetUserPoolSessionConfiguration', { UserPoolId: 'us-east-1_Nothing' })).toEqual([
      'ResourceNotFoundException',
      'User pool us-east-1_Nothing does not exist.',
    ])
  })
})
