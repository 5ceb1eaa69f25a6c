import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('DescribeRiskConfiguration', () => {
  it('answers the ids where nobody set anything', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    expect(await server.ok('DescribeRiskConfiguration', { UserPoolId })).toEqual({ RiskConfiguration: { UserPoolId } })
    expect(await server.ok('DescribeRiskConfiguration', { UserPoolId, ClientId })).toEqual({ RiskConfiguration: { UserPoolId, ClientId } })
  })

  it('refuses clients of other pools', async () => {
    const { UserPoolId } = await makePool(server)
    const { ClientId } = await makePool(server)
    expect(await server.refused('DescribeRiskConfiguration', { UserPoolId, ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${ClientId} does not exist.`,
    ])
  })
})
