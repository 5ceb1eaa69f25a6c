import { describe, expect, it } from 'vitest'
import { decodeBase32, encodeBase32 } from './base32.ts'

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

describe('decodeBase32', () => {
  const textOf = (encoded: string) => new TextDecoder().decode(decodeBase32(encoded))

  it.each(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar', '\u{1f40e}'])('reads what encodeBase32 writes: %j', (text) => {
    expect(textOf(encodeBase32(Buffer.from(text)))).toBe(text)
  })

  it('reads what people copy', () => {
    for (const text of ['MZXW6YTBOI======', 'mzxw 6ytb oi', 'MZXW-6YTB-OI']) expect(textOf(text)).toBe('foobar')
    expect(decodeBase32(encodeBase32(Buffer.alloc(32, 0xff)))).toEqual(new Uint8Array(32).fill(0xff))
  })

  it.each(['', ' ', '=', 'M', 'MZX', 'MZXW61', 'MZXW6YTB0I', 'M=ZX'])('refuses %j', (text) => {
    expect(decodeBase32(text)).toBeUndefined()
  })
})
