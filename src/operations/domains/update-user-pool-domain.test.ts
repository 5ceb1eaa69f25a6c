import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
let UserPoolId: string
let count = 0
let prefix: string
let custom: string

const certificate = (name: string) => ({ CertificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${name}` })

beforeAll(async () => {
  server = await createHarness()
})
beforeEach(async () => {
  ;({ UserPoolId } = await makePool(server))
  count += 1
  prefix = `shop-${count}`
  custom = `auth${count}.example.org`
  await server.ok('CreateUserPoolDomain', { UserPoolId, Domain: prefix })
  await server.ok('CreateUserPoolDomain', { UserPoolId, Domain: custom, CustomDomainConfig: certificate('old') })
})
afterAll(() => server.close())

const update = (more: object) => server.ok('UpdateUserPoolDomain', { UserPoolId, ...more })
const refused = (more: object) => server.refused('UpdateUserPoolDomain', { UserPoolId, ...more })
const described = async (Domain: string) => (await server.ok('DescribeUserPoolDomain', { Domain })).DomainDescription

describe('UpdateUserPoolDomain', () => {
  it('switches the pages of one domain', async () => {
    expect(await update({ Domain: prefix, ManagedLoginVersion: 2 })).toEqual({ ManagedLoginVersion: 2 })
    expect(await described(prefix)).toMatchObject({ ManagedLoginVersion: 2 })
    expect(await described(custom)).toMatchObject({ ManagedLoginVersion: 1 })
    await update({ Domain: prefix })
    expect(await described(prefix)).toMatchObject({ ManagedLoginVersion: 2 })
  })

  it('replaces the certificate of a custom domain', async () => {
    const CustomDomainConfig = { ...certificate('new'), SecurityPolicy: 'TLS_V1_3_2025' }
    expect(await update({ Domain: custom, CustomDomainConfig })).toEqual({ ManagedLoginVersion: 1, CloudFrontDomain: 'localhost' })
    expect(await described(custom)).toMatchObject({ CustomDomainConfig })
    await update({ Domain: custom, CustomDomainConfig: certificate('newest') })
    expect((await described(custom)).CustomDomainConfig).toEqual(certificate('newest'))
  })

  it('does not turn one kind of domain into the other', async () => {
    expect(await refused({ Domain: custom, ManagedLoginVersion: 2 })).toEqual([
      'InvalidParameterException',
      'Cannot convert custom domain to prefix domain.',
    ])
    expect((await refused({ Domain: prefix, CustomDomainConfig: certificate('new') }))[0]).toBe('InvalidParameterException')
    expect(await described(prefix)).toMatchObject({ CustomDomainConfig: {} })
  })

  it('keeps to the rules for new domains, also where one half was set before', async () => {
    expect((await refused({ Domain: prefix, ManagedLoginVersion: 0 }))[0]).toBe('InvalidParameterException')
    const CustomDomainConfig = { ...certificate('old'), SecurityPolicy: 'TLS_V1' }
    await update({ Domain: custom, CustomDomainConfig: certificate('old'), ManagedLoginVersion: 2 })
    expect((await refused({ Domain: custom, CustomDomainConfig }))[1]).toMatch(/^Managed login requires/)
    const lite = await makePool(server, { UserPoolTier: 'LITE' })
    const Domain = `lite-${count}`
    await server.ok('CreateUserPoolDomain', { UserPoolId: lite.UserPoolId, Domain })
    expect((await refused({ UserPoolId: lite.UserPoolId, Domain, ManagedLoginVersion: 2 }))[0]).toBe('FeatureUnavailableInTierException')
  })

  it('knows the domains of its own pool alone', async () => {
    const other = await makePool(server)
    const unknown = ['InvalidParameterException', 'No such domain or user pool exists.']
    expect(await refused({ UserPoolId: other.UserPoolId, Domain: prefix, ManagedLoginVersion: 2 })).toEqual(unknown)
    expect(await refused({ Domain: 'none', ManagedLoginVersion: 2 })).toEqual(unknown)
    expect(await described(prefix)).toMatchObject({ ManagedLoginVersion: 1, UserPoolId })
  })

  it('reads again when the pool changes meanwhile, unless it changes all the time', async () => {
    const rename = () => server.ok('UpdateUserPool', { UserPoolId, PoolName: 'renamed' })
    const request = { UserPoolId, Domain: prefix, ManagedLoginVersion: 2 }
    expect((await withRival(server, 'pools', rename, 5).refused('UpdateUserPoolDomain', request))[0]).toBe(
      'ConcurrentModificationException',
    )
    expect(await described(prefix)).toMatchObject({ ManagedLoginVersion: 1 })
    await withRival(server, 'pools', rename, 4).ok('UpdateUserPoolDomain', request)
    expect(await described(prefix)).toMatchObject({ ManagedLoginVersion: 2 })
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool).toMatchObject({ Name: 'renamed' })
  })

  it('does not bring back a domain that is deleted meanwhile', async () => {
    const rival = () => server.ok('DeleteUserPoolDomain', { UserPoolId, Domain: prefix })
    const request = { UserPoolId, Domain: prefix, ManagedLoginVersion: 2 }
    expect((await withRival(server, 'pools', rival).refused('UpdateUserPoolDomain', request))[1]).toBe(
      'No such domain or user pool exists.',
    )
    expect(await described(prefix)).toEqual({})
  })
})
