import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromBigInt, toBigInt } from './big-integer.ts'
import { modPowBigInt, modPowN } from './mod-pow.ts'
import { srpN } from './srp.ts'

const n = toBigInt(srpN)
const number = (value: bigint) => fromBigInt(value, 400)
const hash = (name: string) => createHash('sha512').update(name).digest()

describe('modular power', () => {
  it('is right where the result is known', () => {
    for (const modPow of [modPowN, modPowBigInt]) {
      expect(modPow(Uint8Array.of(2), Uint8Array.of(5))).toEqual(fromBigInt(32n, 384))
      expect(modPow(Uint8Array.of(3), new Uint8Array())).toEqual(fromBigInt(1n, 384))
      expect(modPow(Uint8Array.of(3), Uint8Array.of(0))).toEqual(fromBigInt(1n, 384))
      expect(modPow(new Uint8Array(), Uint8Array.of(1))).toEqual(fromBigInt(0n, 384))
      // 2 is a square modulo N, 5 is not (Euler).
      expect(modPow(Uint8Array.of(2), fromBigInt((n - 1n) / 2n, 384))).toEqual(fromBigInt(1n, 384))
      expect(modPow(Uint8Array.of(5), fromBigInt((n - 1n) / 2n, 384))).toEqual(fromBigInt(n - 1n, 384))
    }
  })

  it('agrees with plain arithmetic, also for the bases that OpenSSL refuses', () => {
    const bases = [0n, 1n, 2n, 5n, n - 2n, n - 1n, n, n + 1n, n + 2n, 3n * n + 7n, toBigInt(hash('base'))]
    for (const base of bases) {
      const exponent = hash(`${base}`).subarray(0, 32)
      expect(modPowN(number(base), exponent).equals(modPowBigInt(number(base), exponent)), `${base}`).toBe(true)
    }
  })

  it('takes exponents up to the size of N', () => {
    const exponent = Buffer.concat(['a', 'b', 'c', 'd', 'e', 'f'].map(hash))
    expect(modPowN(hash('base'), exponent)).toEqual(modPowBigInt(hash('base'), exponent))
  })

  it('does not mix up calls', () => {
    const first = modPowN(Uint8Array.of(2), Uint8Array.of(9))
    modPowN(Uint8Array.of(7), hash('x'))
    expect(first).toEqual(fromBigInt(512n, 384))
    expect(modPowN(Uint8Array.of(2), Uint8Array.of(9))).toEqual(first)
  })

  it('uses the fast way on this Node', () => {
    const base = Buffer.concat(['a', 'b', 'c', 'd', 'e'].map(hash))
    const time = (modPow: typeof modPowN) => {
      const start = process.hrtime.bigint()
      for (let i = 0; i < 10; i++) modPow(base, hash('exponent').subarray(0, 32))
      return Number(process.hrtime.bigint() - start)
    }
    modPowN(base, Uint8Array.of(3))
    expect(time(modPowN)).toBeLessThan(time(modPowBigInt))
  })
})
