import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness({ publicUrl: 'https://id.example.net:8443' })
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

const CustomDomainConfig = {
  CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a1b2c3d4',
  SecurityPolicy: 'TLS_V1_2_2021',
} as const

describe('DescribeUserPoolDomain', () => {
  it('shows a prefix and a custom domain with their pool and the host that serves them', async () => {
    await server.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'shop' })
    const shown = { UserPoolId, AWSAccountId: '000000000000', CloudFrontDistribution: 'id.example.net', Status: 'ACTIVE' }
    expect(await server.ok('DescribeUserPoolDomain', { Domain: 'shop' })).toEqual({
      // Measured on AWS: a prefix has an empty one.
      DomainDescription: { ...shown, Domain: 'shop', ManagedLoginVersion: 1, CustomDomainConfig: {} },
    })
    const custom = { Domain: 'auth.example.org', CustomDomainConfig, ManagedLoginVersion: 2 }
    await server.ok('CreateUserPoolDomain', { UserPoolId, ...custom })
    expect(await server.ok('DescribeUserPoolDomain', { Domain: 'auth.example.org' })).toEqual({
      DomainDescription: { ...shown, ...custom },
    })
  })

  it('answers an empty description for a domain that nobody has, or a pool of another region', async () => {
    const empty = { DomainDescription: {} }
    for (const Domain of ['nobody', 'nobody.example.org', '-', 'Shop']) {
      expect(await server.ok('DescribeUserPoolDomain', { Domain })).toEqual(empty)
    }
    expect(await server.ok('DescribeUserPoolDomain', { Domain: 'shop' }, { region: 'eu-west-1' })).toEqual(empty)
  })
})
