import { describe, expect, it } from 'vitest'
import { prefixEnd, searchKey } from './search-entries.ts'

const bytes = (text: string) => Buffer.byteLength(text)

describe('searchKey', () => {
  it('keeps short values', () => {
    expect(searchKey('')).toBe('')
    expect(searchKey('ann@example.com')).toBe('ann@example.com')
    expect(searchKey('x'.repeat(128))).toBe('x'.repeat(128))
  })

  it.each(['x', 'é', '€', '\u{1f600}'])('cuts at a code point border: %s', (char) => {
    for (const lead of ['', 'a', 'ab', 'abc']) {
      const key = searchKey(lead + char.repeat(129))
      expect(bytes(key)).toBeLessThanOrEqual(128)
      expect(bytes(key)).toBeGreaterThan(128 - 4)
      expect((lead + char.repeat(129)).startsWith(key)).toBe(true)
    }
  })

  it('answers text that every engine can keep', () => {
    expect(searchKey('a\0b')).toBe('a\ufffdb')
    expect(searchKey('a\ud800b')).toBe('a\ufffdb')
  })
})

describe('prefixEnd', () => {
  const order = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

  it.each(['a', 'az', 'a\u007f', 'é', '\ud7ff', 'x\u{ffff}', 'x\u{10ffff}', 'a\u{10ffff}\u{10ffff}'])(
    'lies behind everything that begins with %j',
    (prefix) => {
      const end = prefixEnd(prefix)
      for (const rest of ['', 'a', '\u{10fffe}', '\u{10fffe}z']) expect(order(prefix + rest, end)).toBeLessThan(0)
    },
  )

  it('lies before what comes next', () => {
    expect(prefixEnd('a')).toBe('b')
    expect(prefixEnd('ab\u{10ffff}')).toBe('ac')
    expect(prefixEnd('\ud7ff')).toBe('\ue000')
    expect(prefixEnd('')).toBe('\u{10ffff}')
  })
})
