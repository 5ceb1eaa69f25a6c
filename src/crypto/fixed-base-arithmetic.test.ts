import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBigInt } from './big-integer.ts'
import { openFixedBaseArithmetic, putNumber } from './fixed-base-arithmetic.ts'
import { limbCount, montgomeryBits } from './fixed-base-limbs.ts'
import { srpN } from './srp.ts'

const n = toBigInt(srpN)
const r = 1n << montgomeryBits
const arithmetic = openFixedBaseArithmetic()

const limbsAt = (address: number) => new Float64Array(arithmetic.memory.buffer, address, limbCount)
const numberAt = (address: number) => limbsAt(address).reduceRight((value, limb) => (value << 51n) + BigInt(limb), 0n)
const bytesAt = (address: number, size: number) => Buffer.from(arithmetic.memory.buffer, address, size)

const multiply = (number: bigint, factor: bigint): bigint => {
  putNumber(arithmetic, 'number', number)
  putNumber(arithmetic, 'factor', factor)
  arithmetic.multiply(arithmetic.factor.value)
  return numberAt(arithmetic.number.value)
}

// Below 2N, with limbs of all zeros and all ones more often than chance makes them.
const limb = fc.oneof(fc.constantFrom(0n, 1n, 2n ** 50n, 2n ** 51n - 1n), fc.bigInt(0n, 2n ** 51n - 1n))
const operand = fc
  .array(limb, { minLength: limbCount, maxLength: limbCount })
  .map((limbs) => limbs.reduce((value, one) => (value << 51n) + one, 0n) % (2n * n))
const borders = [0n, 1n, 2n, 2n ** 51n - 1n, 2n ** 3072n - 1n, n - 1n, n, n + 1n, 2n * n - 1n, r % n]

describe('multiply', () => {
  const isRight = (number: bigint, factor: bigint): boolean => {
    const product = multiply(number, factor)
    // Without a division: product · R and number · factor differ by a multiple of N.
    return (product * r - number * factor) % n === 0n && product < 2n * n && limbsAt(arithmetic.number.value).every((one) => one < 2 ** 51)
  }

  it('divides the product by R modulo N and stays below 2N', () => {
    fc.assert(fc.property(operand, operand, isRight), { numRuns: 500 })
  })

  it('is right at the borders', () => {
    for (const number of borders) for (const factor of borders) expect(isRight(number, factor), `${number} ${factor}`).toBe(true)
  })

  it('leaves the factor and N alone, and zeros behind the number', () => {
    const factor = 2n * n - 1n
    multiply(n + 1n, factor)
    expect(numberAt(arithmetic.factor.value)).toBe(factor)
    expect(numberAt(arithmetic.modulusPlusOne.value)).toBe(n + 1n)
    expect(limbsAt(arithmetic.number.value + 8 * limbCount).subarray(0, 3)).toEqual(new Float64Array(3))
  })
})

describe('reduce and write', () => {
  it.each([
    ['0', 0n],
    ['1', 1n],
    ['N - 1', n - 1n],
    ['N', n],
    ['N + 1', n + 1n],
    ['N + 2^51', n + 2n ** 51n],
    ['2^3072 - 1', 2n ** 3072n - 1n],
    ['2^3072', 2n ** 3072n],
    ['2N - 1', 2n * n - 1n],
  ])('make 384 bytes below N of %s', (_, value) => {
    putNumber(arithmetic, 'number', value)
    arithmetic.reduce()
    arithmetic.write()
    expect(toBigInt(bytesAt(arithmetic.result.value, srpN.length))).toBe(value % n)
  })
})

describe('the table', () => {
  it('begins a window with the number, and each entry is the one before it times the factor, below 2N', () => {
    putNumber(arithmetic, 'number', r % n)
    putNumber(arithmetic, 'factor', (3n * r) % n)
    arithmetic.fill(31)
    const entries = Array.from({ length: 256 }, (_, digit) => numberAt(arithmetic.table.value + (31 * 256 + digit) * 512))
    expect(entries.every((entry, digit) => entry < 2n * n && (entry - 3n ** BigInt(digit) * r) % n === 0n)).toBe(true)
    expect(arithmetic.table.value + 32 * 256 * 512).toBeLessThanOrEqual(arithmetic.memory.buffer.byteLength)
  })
})

describe('clear', () => {
  it('leaves nothing of a power', () => {
    const secrets = () => new Uint8Array(arithmetic.memory.buffer, 0, 1536)
    for (let window = 0; window < 32; window += 1) {
      putNumber(arithmetic, 'number', r % n)
      putNumber(arithmetic, 'factor', r % n)
      arithmetic.fill(window)
    }
    bytesAt(arithmetic.exponent.value, 32).fill(7)
    arithmetic.power()
    expect(secrets().some((byte) => byte !== 0)).toBe(true)
    arithmetic.clear()
    expect(secrets().every((byte) => byte === 0)).toBe(true)
    expect(numberAt(arithmetic.modulusPlusOne.value)).toBe(n + 1n)
  })
})
