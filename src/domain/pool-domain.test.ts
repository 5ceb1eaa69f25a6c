import { describe, expect, it } from 'vitest'
import {
  belongsToServer,
  conversionFault,
  domainFault,
  domainNames,
  domainTierFault,
  findDomain,
  usesManagedLogin,
  withDomain,
  withoutDomain,
} from './pool-domain.ts'
import type { PoolDomain } from './user-pool.ts'

const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/one' }
const prefix: PoolDomain = { uid: 'p', Domain: 'shop', ManagedLoginVersion: 1 }
const custom: PoolDomain = { uid: 'c', Domain: 'auth.example.org', ManagedLoginVersion: 2, CustomDomainConfig }

describe('the domains of a pool', () => {
  it('are none, a prefix, a custom domain or both', () => {
    expect(domainNames({})).toEqual({})
    expect(domainNames({ domains: [custom] })).toEqual({ CustomDomain: 'auth.example.org' })
    expect(domainNames({ domains: [custom, prefix] })).toEqual({ Domain: 'shop', CustomDomain: 'auth.example.org' })
    expect(findDomain({ domains: [custom, prefix] }, 'shop')).toBe(prefix)
    expect(findDomain({ domains: [custom] }, 'shop')).toBeUndefined()
    expect(findDomain({}, 'shop')).toBeUndefined()
  })

  it('come, change and go one by one', () => {
    const both = withDomain(withDomain({}, prefix), custom)
    expect(both).toEqual({ domains: [prefix, custom] })
    const changed = { ...prefix, ManagedLoginVersion: 2 }
    expect(withDomain(both, changed)).toEqual({ domains: [custom, changed] })
    expect(withoutDomain(both, custom)).toEqual({ domains: [prefix] })
    expect(withoutDomain({ domains: [prefix] }, { uid: 'other' })).toEqual({ domains: [prefix] })
  })

  it('show managed login when one of them does', () => {
    expect(usesManagedLogin({})).toBe(false)
    expect(usesManagedLogin({ domains: [prefix] })).toBe(false)
    expect(usesManagedLogin({ domains: [prefix, custom] })).toBe(true)
  })
})

describe('a prefix', () => {
  it.each(['a', '7', 'my-shop', 'a--b', 'x'.repeat(63)])('may be %s', (Domain) => {
    expect(domainFault({ Domain })).toBeUndefined()
  })

  it.each(['', '-a', 'a-', 'Shop', 'a_b', 'auth.example.org', 'é', 'a b', 'a\n', 'x'.repeat(64)])('may not be %j', (Domain) => {
    expect(domainFault({ Domain })).toBe(
      'The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$',
    )
  })

  it.each([
    ['aws', 'aws'],
    ['jaws-fans', 'aws'],
    ['my-amazon', 'amazon'],
    ['newcognito', 'cognito'],
  ])('%s has the reserved word %s', (Domain, word) => {
    expect(domainFault({ Domain })).toBe(`Domain cannot contain reserved word: ${word}`)
  })

  it('has no routing', () => {
    expect(domainFault({ Domain: 'shop', Routing: {} })).toBe('Routing can only be configured for custom domains.')
  })
})

describe('a custom domain', () => {
  it.each(['id.example.org', 'shop.auth.us-east-1.id.example.org'])("may not be the server's own: %s", (name) => {
    expect(belongsToServer(name, 'id.example.org')).toBe(true)
  })

  it.each(['example.org', 'shop.id.example.org', 'my-id.example.org', 'a.shop.auth.us-east-1.id.example.org'])(
    'may be %s beside id.example.org',
    (name) => {
      expect(belongsToServer(name, 'id.example.org')).toBe(false)
    },
  )

  it.each(['auth.example.org', 'a.b.c.d', 'auth.localhost', 'id.aws.example.org', 'xn--bcher-kva.example.org'])('may be %s', (Domain) => {
    expect(domainFault({ Domain, CustomDomainConfig })).toBeUndefined()
  })

  it.each(['example.org', 'org', 'localhost', '192.0.2.7'])('may not be %s, which is no subdomain', (Domain) => {
    expect(domainFault({ Domain, CustomDomainConfig })).toMatch(/^Custom domain is not a valid subdomain: /)
  })

  it.each([
    'auth..example.org',
    'auth.example.org.',
    '.auth.example.org',
    'Auth.example.org',
    'auth.example.org:443',
    'auth.-a.org',
    '*.a.org',
  ])('may not be %s', (Domain) => {
    expect(domainFault({ Domain, CustomDomainConfig })).toMatch(/^The domain name contains an invalid character\./)
  })

  it('with managed login asks for TLS 1.2', () => {
    const fault = (SecurityPolicy: 'TLS_V1' | 'TLS_V1_2_2021', ManagedLoginVersion: number) =>
      domainFault({ Domain: 'auth.example.org', CustomDomainConfig: { ...CustomDomainConfig, SecurityPolicy }, ManagedLoginVersion })
    expect(fault('TLS_V1', 2)).toBe('Managed login requires a SecurityPolicy of TLS_V1_2_2021 or higher.')
    expect(fault('TLS_V1', 1)).toBeUndefined()
    expect(fault('TLS_V1_2_2021', 2)).toBeUndefined()
  })
})

describe('the version of the pages', () => {
  it.each([0, 3, -1])('is not %d', (ManagedLoginVersion) => {
    expect(domainFault({ Domain: 'shop', ManagedLoginVersion })).toBe('ManagedLoginVersion must be 1 or 2.')
  })

  it('is 1 in the LITE tier', () => {
    expect(domainTierFault('LITE', { ManagedLoginVersion: 2 })).toBe(
      'The following feature is not available for the LITE pricing tier configured: Managed Login Version 2',
    )
    for (const ManagedLoginVersion of [1, undefined]) expect(domainTierFault('LITE', { ManagedLoginVersion })).toBeUndefined()
    for (const tier of ['ESSENTIALS', 'PLUS', undefined] as const) {
      expect(domainTierFault(tier, { ManagedLoginVersion: 2 })).toBeUndefined()
    }
  })
})

it('stays a prefix or a custom domain', () => {
  const { Domain } = prefix
  expect(conversionFault(prefix, { Domain })).toBeUndefined()
  expect(conversionFault(custom, { Domain, CustomDomainConfig })).toBeUndefined()
  expect(conversionFault(custom, { Domain })).toBe('Cannot convert custom domain to prefix domain.')
  expect(conversionFault(prefix, { Domain, CustomDomainConfig })).toBe('Cannot convert prefix domain to custom domain.')
})
