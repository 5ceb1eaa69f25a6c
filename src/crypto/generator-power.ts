import { createHash } from 'node:crypto'
import { fromBigInt, toBigInt } from './big-integer.ts'
import { type GeneratorTable, generatorWindows, makeGeneratorTable } from './generator-table.ts'
import { modPowN } from './mod-pow.ts'
import { generator, srpN } from './srp.ts'

const n = toBigInt(srpN)
const twice = 2n * n

// Every window is multiplied, zero digits too, and by numbers of one size, so that neither the steps nor their length tell the exponent.
const byTable = (table: GeneratorTable, exponent: Uint8Array): Buffer => {
  const digits = new Uint8Array(generatorWindows)
  digits.set(exponent, generatorWindows - exponent.length)
  let product = 1n + twice
  for (const [window, powers] of table.entries()) {
    product = ((product * (powers[digits[generatorWindows - 1 - window] ?? 0] ?? 1n)) % n) + twice
  }
  digits.fill(0)
  return fromBigInt(product - twice, srpN.length)
}

const proves = (table: GeneratorTable): boolean =>
  ['a', 'b', 'c'].every((name) => {
    const exponent = createHash('sha256').update(`generator power ${name}`).digest()
    return byTable(table, exponent).equals(modPowN(generator, exponent))
  })

let table: GeneratorTable | 'unproved' | undefined

/** Makes the table of powers, unless it is there, and lets it prove itself against OpenSSL: 0.1 s, once a thread. */
export const prepareGeneratorPowers = (): GeneratorTable | 'unproved' => {
  if (table === undefined) {
    const made = makeGeneratorTable()
    table = proves(made) ? made : 'unproved'
  }
  return table
}

/**
 * g^exponent mod N of SRP, always 384 bytes, for a big-endian exponent. Up to 32 bytes it is a product of numbers out of a table, which takes
 * half of what OpenSSL's power takes; OpenSSL's beyond that, and where the table did not agree with it.
 */
export const generatorPower = (exponent: Uint8Array): Buffer => {
  if (exponent.length > generatorWindows) return modPowN(generator, exponent)
  const powers = prepareGeneratorPowers()
  return powers === 'unproved' ? modPowN(generator, exponent) : byTable(powers, exponent)
}
