import { describe, expect, it } from 'vitest'
import { allowsPasskeys, isOriginOf, relyingPartyOf } from './relying-party.ts'
import type { UserPool } from './user-pool.ts'

const pool = (WebAuthnConfiguration?: UserPool['mfa']['WebAuthnConfiguration']) => ({ mfa: { WebAuthnConfiguration } }) as UserPool

describe('relyingPartyOf', () => {
  it('is what the pool says, before the public address', () => {
    const configured = pool({ RelyingPartyId: 'example.com', UserVerification: 'required' })
    expect(relyingPartyOf(configured, 'https://id.example.com')).toEqual({ id: 'example.com', userVerification: 'required' })
  })

  it.each([
    ['https://id.example.com', 'id.example.com'],
    ['http://localhost:9339', 'localhost'],
    ['https://id.example.com:8443/pools', 'id.example.com'],
  ])('is the host name of %s otherwise', (publicUrl, id) => {
    expect(relyingPartyOf(pool(), publicUrl)).toEqual({ id, userVerification: 'preferred' })
  })

  it.each(['http://127.0.0.1:9339', 'http://[::1]:9339', 'https://10.0.0.5'])('is nobody at %s', (publicUrl) => {
    expect(relyingPartyOf(pool({ UserVerification: 'required' }), publicUrl)).toBeUndefined()
  })
})

describe('relyingPartyOf a pool with domains', () => {
  const prefix = { uid: 'a', Domain: 'shop' }
  const custom = { uid: 'b', Domain: 'auth.shop.example', CustomDomainConfig: { CertificateArn: 'arn' } }
  const withDomains = (...domains: object[]) => ({ region: 'eu-west-1', domains, mfa: {} }) as unknown as UserPool

  it.each([
    ['its prefix domain', 'https://id.example.com', withDomains(prefix), 'shop.auth.eu-west-1.id.example.com'],
    ['the server', 'http://localhost:9339', withDomains(prefix), 'localhost'],
    ['its custom domain', 'https://id.example.com', withDomains(custom), 'auth.shop.example'],
    ['its custom domain', 'https://id.example.com', withDomains(prefix, custom), 'auth.shop.example'],
    ['its custom domain', 'https://10.0.0.5', withDomains(custom), 'auth.shop.example'],
    ['nobody', 'https://10.0.0.5', withDomains(prefix), undefined],
  ])('is %s at %s', (_, publicUrl, made, id) => {
    expect(relyingPartyOf(made, publicUrl)?.id).toBe(id)
  })

  it('is what the pool says, before its domains', () => {
    const made = { ...withDomains(prefix, custom), mfa: { WebAuthnConfiguration: { RelyingPartyId: 'shop.example' } } } as UserPool
    expect(relyingPartyOf(made, 'https://id.example.com')?.id).toBe('shop.example')
  })
})

describe('allowsPasskeys', () => {
  it('wants WEB_AUTHN among the first factors', () => {
    const withFactors = (SignInPolicy: UserPool['Policies']['SignInPolicy']) => ({ Policies: { SignInPolicy } }) as UserPool
    expect(allowsPasskeys(withFactors({ AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] }))).toBe(true)
    expect(allowsPasskeys(withFactors({ AllowedFirstAuthFactors: ['PASSWORD'] }))).toBe(false)
    expect(allowsPasskeys(withFactors(undefined))).toBe(false)
  })
})

describe('isOriginOf', () => {
  it.each([
    ['example.com', 'https://example.com'],
    ['example.com', 'https://shop.example.com'],
    ['example.com', 'https://a.b.example.com:8443'],
    ['localhost', 'http://localhost:5173'],
    ['localhost', 'https://localhost'],
    ['localhost', 'http://shop.localhost:3000'],
    ['shop.localhost', 'http://shop.localhost:3000'],
  ])('of %s: %s', (id, origin) => {
    expect(isOriginOf(id, origin)).toBe(true)
  })

  it.each([
    ['example.com', 'http://example.com'],
    ['example.com', 'https://example.com.evil.test'],
    ['example.com', 'https://evilexample.com'],
    ['shop.example.com', 'https://example.com'],
    ['example.com', 'https://example.com/'],
    ['example.com', 'https://example.com:443'],
    ['example.com', 'https://EXAMPLE.com'],
    ['example.com', 'https://user@example.com'],
    ['example.com', 'https://evil.test#.example.com'],
    ['example.com', 'https://evil.test?.example.com'],
    ['example.com', 'wss://example.com'],
    ['example.com', 'null'],
    ['example.com', ''],
    ['example.com', 'example.com'],
    ['localhost', 'http://127.0.0.1:5173'],
    ['localhost', 'http://localhost.example.com'],
    ['example.com', 'android:apk-key-hash:rqvg-8Vk3Y0jzKkrNzyDAHJnrVV1Fnx5WjJkgjhcBXg'],
  ])('not of %s: %s', (id, origin) => {
    expect(isOriginOf(id, origin)).toBe(false)
  })
})
