import { describe, expect, it } from 'vitest'
import { clientAddress, trustedProxies } from './client-address.ts'

describe('must-not-happen 17: clientAddress', () => {
  const trusted = trustedProxies(['10.0.0.0/8', '::1', '192.168.1.7'])

  it.each([
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['10.1.2.3', undefined, '10.1.2.3'],
    ['10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['10.1.2.3', 'evil, 198.51.100.1', '198.51.100.1'],
    ['10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['10.1.2.3', '198.51.100.1, evil', '10.1.2.3'],
    ['10.1.2.3', '10.9.9.9', '10.9.9.9'],
    ['10.1.2.3', '', '10.1.2.3'],
    ['::ffff:10.1.2.3', '2001:db8::1', '2001:db8::1'],
    ['::1', '198.51.100.1', '198.51.100.1'],
    ['192.168.1.8', '198.51.100.1', '192.168.1.8'],
    [undefined, '198.51.100.1', undefined],
  ])('peer %s, X-Forwarded-For %s: %s', (peer, forwarded, expected) => {
    expect(clientAddress(peer, forwarded, trusted)).toBe(expected)
  })

  it('trusts nobody by default', () => {
    expect(clientAddress('127.0.0.1', '198.51.100.1', trustedProxies([]))).toBe('127.0.0.1')
  })

  it.each(['localhost', '10.0.0.0/33', '10.0.0.0/x', '', '::/129'])('refuses the entry %j', (entry) => {
    expect(() => trustedProxies([entry])).toThrow('is no address or network of a trusted proxy')
  })
})
