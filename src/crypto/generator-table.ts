import { toBigInt } from './big-integer.ts'
import { generator, srpN } from './srp.ts'

const n = toBigInt(srpN)
const digits = 256

/** How many base-256 digits an exponent may have. */
export const generatorWindows = 32

/** `table[i][d]` is congruent to g^(d·256^i) modulo SRP's N. */
export type GeneratorTable = readonly (readonly bigint[])[]

/**
 * The powers of which every g^x with an x of 256 bits is a product, 32 factors each (about 0.1 s, 4 MB). Twice N is added to each: all of
 * them, 1 and 2 too, take as many machine words, so that multiplying by one takes as long as by another.
 */
export const makeGeneratorTable = (): GeneratorTable => {
  let base = toBigInt(generator)
  return Array.from({ length: generatorWindows }, () => {
    const powers = [1n]
    for (let digit = 1; digit <= digits; digit += 1) powers.push(((powers[digit - 1] ?? 1n) * base) % n)
    base = powers.pop() ?? 1n
    return powers.map((power) => power + 2n * n)
  })
}
