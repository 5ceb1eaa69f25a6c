import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limbCount, montgomeryBits, toLimbs } from './fixed-base-limbs.ts'

const largest = (1n << montgomeryBits) - 1n
const fromLimbs = (limbs: Float64Array): bigint => limbs.reduceRight((value, limb) => (value << 51n) + BigInt(limb), 0n)

describe('limbs', () => {
  it('stand for the number that they were made of', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, largest), (value) => {
        const limbs = toLimbs(value)
        return limbs.length === limbCount && limbs.every((limb) => limb >= 0 && limb < 2 ** 51) && fromLimbs(limbs) === value
      }),
    )
    for (const value of [0n, 1n, 2n ** 51n - 1n, 2n ** 51n, largest]) expect(fromLimbs(toLimbs(value))).toBe(value)
  })

  it('are least significant first', () => {
    expect([...toLimbs((3n << 102n) + (2n << 51n) + 1n)].slice(0, 4)).toEqual([1, 2, 3, 0])
  })

  it('refuse what does not fit', () => {
    expect(() => toLimbs(largest + 1n)).toThrow(RangeError)
    expect(() => toLimbs(-1n)).toThrow(RangeError)
  })
})
