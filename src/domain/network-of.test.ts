import { describe, expect, it } from 'vitest'
import { networkOf } from './network-of.ts'

describe('networkOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.254'],
    ['::ffff:192.0.2.9', '192.0.2.1'],
    ['2001:db8:1::1', '2001:db8:1:ffff:ffff:ffff:ffff:ffff'],
  ])('is the same for %s and %s', (one, other) => {
    expect(networkOf(one)).toBe(networkOf(other))
  })

  it('tells networks apart, of either kind', () => {
    const addresses = ['192.0.2.1', '192.0.3.1', '2001:db8:1::1', '2001:db8:2::1', '::1', '0.0.0.1']
    expect(new Set(addresses.map(networkOf)).size).toBe(addresses.length)
  })

  it('is undefined for what is no address', () => {
    expect([undefined, '', 'localhost', '192.0.2', '192.0.2.1:80'].map(networkOf)).toEqual(Array(5).fill(undefined))
  })
})
