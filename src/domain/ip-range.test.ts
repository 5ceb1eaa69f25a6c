import { describe, expect, it } from 'vitest'
import { isInRanges, isIpRange } from './ip-range.ts'

describe('isIpRange', () => {
  it.each(['192.0.2.0/24', '192.0.2.252/32', '0.0.0.0/0', '2001:db8::/32', '::1/128'])('takes %s', (text) => {
    expect(isIpRange(text)).toBe(true)
  })

  it.each(['192.0.2.1', '192.0.2.0/33', '192.0.2.0/', '192.0.2.0/-1', '192.0.2.0/024', '2001:db8::/129', '192.0.2.0/24/1', 'all', ''])(
    'refuses %j',
    (text) => {
      expect(isIpRange(text)).toBe(false)
    },
  )
})

describe('isInRanges', () => {
  it('compares the leading bits, whatever stands behind them', () => {
    expect(isInRanges('192.0.2.200', ['198.51.100.0/24', '192.0.2.1/24'])).toBe(true)
    expect(isInRanges('192.0.3.1', ['192.0.2.0/24'])).toBe(false)
    expect(isInRanges('192.0.3.1', ['192.0.2.0/23'])).toBe(true)
    expect(isInRanges('2001:db8:1::5', ['2001:db8::/32'])).toBe(true)
    expect(isInRanges('2001:db9::5', ['2001:db8::/32'])).toBe(false)
  })

  it('keeps the families apart, and sees through mapped addresses', () => {
    expect(isInRanges('::1', ['0.0.0.0/0'])).toBe(false)
    expect(isInRanges('::ffff:192.0.2.9', ['192.0.2.0/24'])).toBe(true)
  })

  it('matches nothing without an address or ranges', () => {
    expect(isInRanges(undefined, ['0.0.0.0/0'])).toBe(false)
    expect(isInRanges('192.0.2.1', undefined)).toBe(false)
    expect(isInRanges('nowhere', ['0.0.0.0/0'])).toBe(false)
  })
})
