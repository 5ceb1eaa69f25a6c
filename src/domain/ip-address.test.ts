import { describe, expect, it } from 'vitest'
import { parseIpAddress } from './ip-address.ts'

const hex = (text: string): string | undefined => parseIpAddress(text)?.value.toString(16)

describe('parseIpAddress', () => {
  it('reads IPv4', () => {
    expect(parseIpAddress('192.0.2.1')).toEqual({ bits: 32, value: 0xc0000201n })
    expect(parseIpAddress('255.255.255.255')).toEqual({ bits: 32, value: 0xffffffffn })
  })

  it('reads every form of RFC 4291, 2.2', () => {
    expect(hex('ABCD:EF01:2345:6789:ABCD:EF01:2345:6789')).toBe('abcdef0123456789abcdef0123456789')
    expect(hex('2001:db8::8:800:200c:417a')).toBe('20010db80000000000080800200c417a')
    expect(hex('ff01::101')).toBe('ff010000000000000000000000000101')
    expect(hex('::1')).toBe('1')
    expect(hex('::')).toBe('0')
    expect(hex('2001:db8::')).toBe('20010db8000000000000000000000000')
    expect(hex('::13.1.68.3')).toBe('d014403')
  })

  it('takes a mapped IPv4 address for what it is', () => {
    expect(parseIpAddress('::ffff:192.0.2.1')).toEqual(parseIpAddress('192.0.2.1'))
    expect(parseIpAddress('::ffff:c000:201')).toEqual(parseIpAddress('192.0.2.1'))
  })

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4 ',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '12345::',
    'g::',
    '::1.2.3',
    'fe80::1%eth0',
    '192.0.2.0/24',
  ])('refuses %j', (text) => {
    expect(parseIpAddress(text)).toBeUndefined()
  })
})
