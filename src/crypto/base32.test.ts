import { describe, expect, it } from 'vitest'
import { encodeBase32 } from './base32.ts'

describe('encodeBase32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('RFC 4648 section 10, without padding: %j', (text, encoded) => {
    expect(encodeBase32(Buffer.from(text))).toBe(encoded)
  })

  it('writes 32 bytes as 52 characters, high bits included', () => {
    expect(encodeBase32(Buffer.alloc(32, 0xff))).toBe(`${'7'.repeat(51)}Q`)
  })
})
