import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestExponent, makeFixedBasePower } from './fixed-base-power.ts'
import { modPowBigInt } from './mod-pow.ts'
import { generator } from './srp.ts'

const power = makeFixedBasePower()
const agrees = (exponent: Uint8Array) => power(exponent).equals(modPowBigInt(generator, exponent))
const hex = (exponent: Uint8Array) => Buffer.from(exponent).toString('hex')

describe('a power out of the table', () => {
  it('is what plain arithmetic says', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: longestExponent }), agrees), { numRuns: 60 })
    fc.assert(fc.property(fc.uint8Array({ minLength: longestExponent, maxLength: longestExponent }), agrees), { numRuns: 100 })
  })

  it('is right for no byte, zeros, ones and every length', () => {
    for (let length = 0; length <= longestExponent; length += 1) {
      for (const byte of [0, 1, 255]) {
        const exponent = new Uint8Array(length).fill(byte)
        expect(agrees(exponent), hex(exponent)).toBe(true)
      }
    }
  })

  it('is right for every single bit', () => {
    for (let bit = 0; bit < 8 * longestExponent; bit += 1) {
      const exponent = new Uint8Array(longestExponent)
      exponent[bit >> 3] = 1 << (bit & 7)
      expect(agrees(exponent), hex(exponent)).toBe(true)
    }
  })

  it('is right for every digit', () => {
    for (let digit = 0; digit < 256; digit += 1) {
      const exponent = Uint8Array.from({ length: longestExponent }, (_, place) => (digit + 37 * place) & 255)
      expect(agrees(exponent), hex(exponent)).toBe(true)
    }
  })

  it('leaves the exponent alone and nothing to the next one', () => {
    const exponent = new Uint8Array(longestExponent).fill(9)
    const first = power(exponent)
    expect(power(Uint8Array.of(3)).subarray(-2)).toEqual(Buffer.from([0, 8]))
    expect(exponent).toEqual(new Uint8Array(longestExponent).fill(9))
    expect(power(exponent)).toEqual(first)
  })

  it('refuses an exponent that is too long', () => {
    expect(() => power(new Uint8Array(longestExponent + 1))).toThrow(RangeError)
  })
})
