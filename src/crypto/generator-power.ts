import { createHash } from 'node:crypto'
import { longestExponent, makeFixedBasePower } from './fixed-base-power.ts'
import { modPowN } from './mod-pow.ts'
import { generator } from './srp.ts'

type GeneratorPower = (exponent: Uint8Array) => Buffer

const byOpenSsl: GeneratorPower = (exponent) => modPowN(generator, exponent)

const proves = (power: GeneratorPower): boolean =>
  ['a', 'b', 'c'].every((name) => {
    const exponent = createHash('sha256').update(`generator power ${name}`).digest()
    return power(exponent).equals(byOpenSsl(exponent))
  })

const fastest = (): GeneratorPower => {
  try {
    const byTable = makeFixedBasePower()
    return proves(byTable) ? byTable : byOpenSsl
  } catch {
    // No WebAssembly, none of its vector instructions, or no memory for the table.
    return byOpenSsl
  }
}

let power: GeneratorPower | undefined

/** Makes the table of powers, unless it is there, and lets it prove itself against OpenSSL: 0.07 s, once a thread. */
export const prepareGeneratorPowers = (): GeneratorPower => {
  power ??= fastest()
  return power
}

/**
 * g^exponent mod N of SRP, always 384 bytes, for a big-endian exponent. Up to 32 bytes it is a product of numbers out of a table, which takes
 * a seventh of what OpenSSL's power takes; OpenSSL's beyond that, and where the table can't be made or did not agree with it.
 */
export const generatorPower = (exponent: Uint8Array): Buffer =>
  exponent.length > longestExponent ? byOpenSsl(exponent) : prepareGeneratorPowers()(exponent)
