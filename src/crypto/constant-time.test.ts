import { describe, expect, it } from 'vitest'
import { equalBytes, equalText } from './constant-time.ts'

describe('constant-time equality', () => {
  it('tells equal from unequal, whatever the lengths', () => {
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false)
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true)
    expect(equalText('grün', 'grün')).toBe(true)
    expect(equalText('secret', 'secre')).toBe(false)
    expect(equalText('', 'x')).toBe(false)
  })
})
