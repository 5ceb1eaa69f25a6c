import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
})
beforeEach(async () => {
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a1b2c3d4' }
const create = (more: object) => server.ok('CreateUserPoolDomain', { UserPoolId, ...more })
const refused = (more: object) => server.refused('CreateUserPoolDomain', { UserPoolId, ...more })
const pool = async () => (await server.ok('DescribeUserPool', { UserPoolId })).UserPool

describe('CreateUserPoolDomain', () => {
  it('gives a pool a prefix, with the classic pages unless asked for managed login', async () => {
    expect(await create({ Domain: 'classic' })).toEqual({ ManagedLoginVersion: 1 })
    expect(await pool()).toMatchObject({ Domain: 'classic' })
    expect(await pool()).not.toHaveProperty('CustomDomain')
    expect(await pool()).not.toHaveProperty('domains')
    ;({ UserPoolId } = await makePool(server))
    expect(await create({ Domain: 'managed', ManagedLoginVersion: 2 })).toEqual({ ManagedLoginVersion: 2 })
  })

  it('gives a pool a custom domain, and says where its DNS record points to', async () => {
    const Routing = { Failover: { SecondaryRegion: 'us-west-2', PrimaryRoute53HealthCheckId: 'a1b2c3d4-5678-90ab-cdef-0123456789ab' } }
    expect(await create({ Domain: 'auth.example.org', CustomDomainConfig, Routing })).toEqual({
      ManagedLoginVersion: 1,
      CloudFrontDomain: 'localhost',
      Routing,
    })
    expect(await pool()).toMatchObject({ CustomDomain: 'auth.example.org' })
    expect(await pool()).not.toHaveProperty('Domain')
  })

  it('allows one of each kind, also when both are asked for at once', async () => {
    const both = [{ Domain: 'one-of-each' }, { Domain: 'each.example.org', CustomDomainConfig }]
    await Promise.all(both.map(create))
    expect(await pool()).toMatchObject({ Domain: 'one-of-each', CustomDomain: 'each.example.org' })
    const second = ['InvalidParameterException', 'User pool already has a domain configured.']
    expect(await refused({ Domain: 'second' })).toEqual(second)
    expect(await refused({ Domain: 'second.example.org', CustomDomainConfig })).toEqual(second)
    expect(await server.ok('DescribeUserPoolDomain', { Domain: 'second' })).toEqual({ DomainDescription: {} })
  })

  it("leaves the server's own host to all pools", async () => {
    const taken = ['InvalidParameterException', 'Domain already associated with another user pool.']
    expect(await refused({ Domain: 'shop.auth.us-east-1.localhost', CustomDomainConfig })).toEqual(taken)
    expect(await create({ Domain: 'localhost' })).toEqual({ ManagedLoginVersion: 1 })
  })

  it('leaves a domain to the pool that had it first, whatever the region', async () => {
    await create({ Domain: 'first-come' })
    const region = 'eu-west-1'
    const elsewhere = await server.ok('CreateUserPool', { PoolName: 'pool' }, { region })
    const taken = ['InvalidParameterException', 'Domain already associated with another user pool.']
    const request = { UserPoolId: elsewhere.UserPool.Id, Domain: 'first-come' }
    expect(await server.refused('CreateUserPoolDomain', request, { region })).toEqual(taken)
    ;({ UserPoolId } = await makePool(server))
    expect(await refused({ Domain: 'first-come' })).toEqual(taken)
    expect(await pool()).not.toHaveProperty('Domain')
  })

  it('refuses reserved words, other characters and what is no subdomain', async () => {
    expect(await refused({ Domain: 'my-aws-app' })).toEqual(['InvalidParameterException', 'Domain cannot contain reserved word: aws'])
    expect((await refused({ Domain: 'auth.example.org' }))[1]).toMatch(/^The domain name contains an invalid character\./)
    expect((await refused({ Domain: 'example.org', CustomDomainConfig }))[1]).toMatch(/^Custom domain is not a valid subdomain: /)
    expect((await refused({ Domain: 'x'.repeat(64) }))[1]).toContain('Member must have length less than or equal to 63')
    expect((await refused({ Domain: 'shop', ManagedLoginVersion: 3 }))[0]).toBe('InvalidParameterException')
    expect((await refused({ Domain: 'auth.example.org', CustomDomainConfig: {} }))[1]).toContain("'customDomainConfig.certificateArn'")
  })

  it('has managed login from ESSENTIALS on, and keeps the pool there', async () => {
    ;({ UserPoolId } = await makePool(server, { UserPoolTier: 'LITE' }))
    const unavailable = [
      'FeatureUnavailableInTierException',
      'The following feature is not available for the LITE pricing tier configured: Managed Login Version 2',
    ]
    expect(await refused({ Domain: 'light', ManagedLoginVersion: 2 })).toEqual(unavailable)
    await create({ Domain: 'light' })
    const managed = await makePool(server)
    await server.ok('CreateUserPoolDomain', { UserPoolId: managed.UserPoolId, Domain: 'not-light', ManagedLoginVersion: 2 })
    const downgrade = { UserPoolId: managed.UserPoolId, UserPoolTier: 'LITE' }
    expect(await server.refused('UpdateUserPool', downgrade)).toEqual([
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the LITE pricing tier configured: Managed Login Version 2',
    ])
    await server.ok('UpdateUserPoolDomain', { UserPoolId: managed.UserPoolId, Domain: 'not-light', ManagedLoginVersion: 1 })
    await server.ok('UpdateUserPool', downgrade)
    expect((await server.ok('DescribeUserPool', { UserPoolId: managed.UserPoolId })).UserPool).toMatchObject({ Domain: 'not-light' })
  })

  it('is a change of the pool', async () => {
    const before = (await pool()).LastModifiedDate
    server.clock.advance(5000)
    await create({ Domain: 'later' })
    expect((await pool()).LastModifiedDate).toBeGreaterThan(before)
  })
})
