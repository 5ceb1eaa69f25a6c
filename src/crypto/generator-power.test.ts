import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generatorPower } from './generator-power.ts'
import { makeGeneratorTable } from './generator-table.ts'
import { modPowBigInt } from './mod-pow.ts'
import { generator } from './srp.ts'

const agrees = (exponent: Uint8Array) => generatorPower(exponent).equals(modPowBigInt(generator, exponent))

describe('generatorPower', () => {
  it('is what plain arithmetic says, for every size of exponent', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), agrees), { numRuns: 120 })
  })

  it('is right at the borders', () => {
    const ones = new Uint8Array(32).fill(255)
    for (const exponent of [new Uint8Array(), new Uint8Array(32), Uint8Array.of(1), ones, Uint8Array.of(1, ...new Uint8Array(32))]) {
      expect(agrees(exponent), Buffer.from(exponent).toString('hex')).toBe(true)
    }
    expect(generatorPower(Uint8Array.of(10)).subarray(-2)).toEqual(Buffer.from([4, 0]))
  })

  it('multiplies numbers of one size, whatever the digit', () => {
    const table = makeGeneratorTable()
    const words = new Set(table.flat().map((power) => Math.ceil(power.toString(2).length / 64)))
    expect([table.length, table.every((powers) => powers.length === 256), [...words]]).toEqual([32, true, [49]])
  })
})
