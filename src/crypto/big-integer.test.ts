import { describe, expect, it } from 'vitest'
import { fromBigInt, toBigInt } from './big-integer.ts'

describe('big integers', () => {
  it('reads and writes big-endian bytes', () => {
    expect(toBigInt(Uint8Array.of(0, 1, 2))).toBe(258n)
    expect(toBigInt(new Uint8Array())).toBe(0n)
    expect(fromBigInt(258n, 4).toString('hex')).toBe('00000102')
  })

  it('reads a view and not the buffer behind it', () => {
    expect(toBigInt(Uint8Array.of(9, 1, 9).subarray(1, 2))).toBe(1n)
  })

  it('refuses what does not fit', () => {
    expect(() => fromBigInt(256n, 1)).toThrow(RangeError)
    expect(() => fromBigInt(-1n, 4)).toThrow(RangeError)
  })
})
