import { describe, expect, it } from 'vitest'
import { poolUrl } from './pool-url.ts'
import type { PoolDomain } from './user-pool.ts'

const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/one' }
const prefix: PoolDomain = { uid: 'p', Domain: 'shop', ManagedLoginVersion: 1 }
const custom: PoolDomain = { uid: 'c', Domain: 'login.shop.example', ManagedLoginVersion: 1, CustomDomainConfig }
const region = 'eu-west-1'

describe('where the pages of a pool are', () => {
  it.each<[string, readonly PoolDomain[] | undefined, string, string]>([
    ['a prefix', [prefix], 'https://id.example.org', 'https://shop.auth.eu-west-1.id.example.org'],
    ['a custom domain', [custom], 'https://id.example.org', 'https://login.shop.example'],
    ['both', [prefix, custom], 'https://id.example.org', 'https://login.shop.example'],
    ['no domain', undefined, 'https://id.example.org', 'https://id.example.org'],
    ['no domain any more', [], 'https://id.example.org/auth', 'https://id.example.org/auth'],
    ['a prefix, on a laptop', [prefix], 'http://localhost:9339', 'http://localhost:9339'],
    ['a custom domain, on a laptop', [custom], 'http://localhost:9339', 'http://login.shop.example:9339'],
    ['a prefix, below a path', [prefix], 'https://id.example.org/auth', 'https://shop.auth.eu-west-1.id.example.org/auth'],
    ['a prefix, on an IPv4 address', [prefix], 'http://127.0.0.1:9339', 'http://127.0.0.1:9339'],
    ['a prefix, on an IPv6 address', [prefix], 'http://[::1]:9339', 'http://[::1]:9339'],
    ['a custom domain, on an IP address', [custom], 'http://127.0.0.1:9339', 'http://login.shop.example:9339'],
  ])('%s', (_what, domains, publicUrl, url) => {
    expect(poolUrl(publicUrl, { region, ...(domains && { domains }) })).toBe(url)
  })
})
