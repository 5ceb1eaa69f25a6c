import { describe, expect, it } from 'vitest'
import { pagesUsePasskeys, passkeyPagesUrl } from './pages-passkeys.ts'
import type { PoolDomain, UserPool } from './user-pool.ts'

const prefix = { uid: 'a', Domain: 'shop', ManagedLoginVersion: 2 } as PoolDomain
const classic = { ...prefix, ManagedLoginVersion: 1 } as PoolDomain
const custom = {
  uid: 'b',
  Domain: 'auth.shop.example',
  ManagedLoginVersion: 2,
  CustomDomainConfig: { CertificateArn: 'arn' },
} as PoolDomain

const poolWith = (domains: readonly PoolDomain[], more: Partial<UserPool> = {}) =>
  ({
    region: 'eu-west-1',
    UserPoolTier: 'ESSENTIALS',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    mfa: {},
    domains,
    ...more,
  }) as unknown as UserPool

const own = 'https://id.example.com'

describe('pagesUsePasskeys', () => {
  it.each([
    ['at the server, where the pool has no domain', own, poolWith([]), undefined],
    ['on this machine', 'http://localhost:9339', poolWith([]), undefined],
    ['at the domain that passkeys are made for', own, poolWith([prefix]), prefix],
    ['at the server on this machine, whatever the prefix', 'http://localhost:9339', poolWith([prefix]), undefined],
    [
      'at a prefix on this machine that the pool names',
      'http://localhost:9339',
      poolWith([prefix], { mfa: { WebAuthnConfiguration: { RelyingPartyId: 'shop.auth.eu-west-1.localhost' } } } as never),
      prefix,
    ],
    ['at the custom domain', own, poolWith([prefix, custom]), custom],
    [
      'below the relying party',
      own,
      poolWith([prefix], { mfa: { WebAuthnConfiguration: { RelyingPartyId: 'example.com' } } } as never),
      prefix,
    ],
  ])('do %s', (_, publicUrl, pool, domain) => {
    expect(pagesUsePasskeys(pool, publicUrl, domain)).toBe(true)
  })

  it.each([
    ['at the server, where passkeys are made for a domain below it', own, poolWith([prefix]), undefined],
    ['at the prefix, where they are made for the custom domain', own, poolWith([prefix, custom]), prefix],
    ['at a prefix on this machine, where localhost is nobody else', 'http://localhost:9339', poolWith([prefix]), prefix],
    ['on classic pages', own, poolWith([classic]), classic],
    ['in the LITE tier', own, poolWith([], { UserPoolTier: 'LITE' }), undefined],
    ['where the pool has none', own, poolWith([], { Policies: {} } as never), undefined],
    ['without TLS', 'http://id.example.com', poolWith([]), undefined],
    ['at an IP address', 'https://10.0.0.5', poolWith([]), undefined],
    [
      'below another relying party',
      own,
      poolWith([], { mfa: { WebAuthnConfiguration: { RelyingPartyId: 'other.example' } } } as never),
      undefined,
    ],
  ])('do not %s', (_, publicUrl, pool, domain) => {
    expect(pagesUsePasskeys(pool, publicUrl, domain)).toBe(false)
  })
})

describe('passkeyPagesUrl', () => {
  it.each([
    ['the server', own, poolWith([]), own],
    ['the prefix domain', own, poolWith([prefix]), 'https://shop.auth.eu-west-1.id.example.com'],
    ['the custom domain', 'https://id.example.com:8443/', poolWith([prefix, custom]), 'https://auth.shop.example:8443'],
    ['the server, on this machine', 'http://localhost:9339', poolWith([prefix]), 'http://localhost:9339'],
    ['nowhere', own, poolWith([classic]), undefined],
  ])('is %s', (_, publicUrl, pool, url) => {
    expect(passkeyPagesUrl(pool, publicUrl)).toBe(url)
  })
})
