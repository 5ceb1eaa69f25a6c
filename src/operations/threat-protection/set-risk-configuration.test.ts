import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const settings = {
  CompromisedCredentialsRiskConfiguration: { EventFilter: ['SIGN_IN'], Actions: { EventAction: 'BLOCK' } },
  AccountTakeoverRiskConfiguration: {
    Actions: { LowAction: { EventAction: 'NO_ACTION', Notify: true }, HighAction: { EventAction: 'BLOCK', Notify: false } },
    NotifyConfiguration: {
      From: 'security@example.org',
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/security@example.org',
      NoActionEmail: { Subject: 'New sign-in', TextBody: 'From {ip-address}' },
    },
  },
  RiskExceptionConfiguration: { BlockedIPRangeList: ['192.0.2.0/24'], SkippedIPRangeList: ['2001:db8::/32'] },
}

describe('SetRiskConfiguration', () => {
  it('keeps the settings of a pool, and answers them with their date', async () => {
    const { UserPoolId } = await makePool(server)
    const expected = { UserPoolId, ...settings, LastModifiedDate: server.clock.now() / 1000 }
    expect((await server.ok('SetRiskConfiguration', { UserPoolId, ...settings })).RiskConfiguration).toEqual(expected)
    expect((await server.ok('DescribeRiskConfiguration', { UserPoolId })).RiskConfiguration).toEqual(expected)
  })

  it('keeps the settings of a client apart from those of its pool', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    await server.ok('SetRiskConfiguration', { UserPoolId, ClientId, ...settings })
    expect((await server.ok('DescribeRiskConfiguration', { UserPoolId })).RiskConfiguration).toEqual({ UserPoolId })
    expect((await server.ok('DescribeRiskConfiguration', { UserPoolId, ClientId })).RiskConfiguration).toMatchObject({
      ClientId,
      ...settings,
    })
  })

  it('replaces what was there, and resets with the ids alone', async () => {
    const { UserPoolId } = await makePool(server)
    await server.ok('SetRiskConfiguration', { UserPoolId, ...settings })
    const { RiskExceptionConfiguration } = settings
    const { RiskConfiguration } = await server.ok('SetRiskConfiguration', { UserPoolId, RiskExceptionConfiguration })
    expect(RiskConfiguration).toEqual({ UserPoolId, RiskExceptionConfiguration, LastModifiedDate: expect.any(Number) })
    expect((await server.ok('SetRiskConfiguration', { UserPoolId })).RiskConfiguration).toEqual({ UserPoolId })
  })

  it('lasts through an UpdateUserPool and an UpdateUserPoolClient', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    await server.ok('SetRiskConfiguration', { UserPoolId, ...settings })
    await server.ok('SetRiskConfiguration', { UserPoolId, ClientId, ...settings })
    await server.ok('UpdateUserPool', { UserPoolId })
    await server.ok('UpdateUserPoolClient', { UserPoolId, ClientId })
    expect((await server.ok('DescribeRiskConfiguration', { UserPoolId })).RiskConfiguration).toMatchObject(settings)
    expect((await server.ok('DescribeRiskConfiguration', { UserPoolId, ClientId })).RiskConfiguration).toMatchObject(settings)
  })

  it('tries again when another request changes the pool in between', async () => {
    const { UserPoolId } = await makePool(server)
    const slow = withRival(server, 'pools', () => server.ok('UpdateUserPool', { UserPoolId, PoolName: 'renamed' }))
    await slow.ok('SetRiskConfiguration', { UserPoolId, ...settings })
    expect((await server.ok('DescribeRiskConfiguration', { UserPoolId })).RiskConfiguration).toMatchObject(settings)
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool.Name).toBe('renamed')
  })

  it('refuses settings that can not be obeyed, and clients of other pools', async () => {
    const { UserPoolId } = await makePool(server)
    const other = await makePool(server)
    expect(
      await server.refused('SetRiskConfiguration', { UserPoolId, RiskExceptionConfiguration: { BlockedIPRangeList: ['192.0.2.1'] } }),
    ).toEqual(['InvalidParameterException', '192.0.2.1 is not an IP address range in CIDR notation.'])
    expect(await server.refused('SetRiskConfiguration', { UserPoolId, ClientId: other.ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${other.ClientId} does not exist.`,
    ])
    expect(await server.refused('SetRiskConfiguration', { UserPoolId: 'us-east-1_Absent00' })).toEqual([
      'ResourceNotFoundException',
      'User pool us-east-1_Absent00 does not exist.',
    ])
  })
})
