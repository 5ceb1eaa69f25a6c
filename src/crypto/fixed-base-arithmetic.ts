import { toBigInt } from './big-integer.ts'
import { toLimbs } from './fixed-base-limbs.ts'
import { fixedBasePowerModule } from './fixed-base-power.gen.ts'
import { srpN } from './srp.ts'

/** What fixed-base-power.wat exports: one number at a time is worked on, at `number`; the other values are addresses too. */
export interface FixedBaseArithmetic {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly number: { readonly value: number }
  readonly factor: { readonly value: number }
  readonly exponent: { readonly value: number }
  readonly result: { readonly value: number }
  readonly modulusPlusOne: { readonly value: number }
  readonly table: { readonly value: number }
  /** number = number · factor / R mod N, below 2N, for the factor at an address. */
  multiply(factor: number): void
  /** Makes the entries of a window: `number`, and each further one times `factor`. */
  fill(window: number): void
  /** Makes `result`, 384 bytes, of the 32 bytes at `exponent`. */
  power(): void
  /** Takes N from a number that is not below it; afterwards only `write` understands the number. */
  reduce(): void
  /** Makes `result` of a number that `reduce` left. */
  write(): void
  /** Forgets exponent, result and number. */
  clear(): void
}

// TypeScript has WebAssembly among the types of browsers only, and with --jitless Node.js has none.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

/** An arithmetic modulo SRP's N with an empty table (4 MB); throws where this machine or this Node.js can't run it. */
export const openFixedBaseArithmetic = (): FixedBaseArithmetic => {
  const module = new WebAssembly.Module(Buffer.from(fixedBasePowerModule, 'base64'))
  const arithmetic = new WebAssembly.Instance(module).exports as FixedBaseArithmetic
  putNumber(arithmetic, 'modulusPlusOne', toBigInt(srpN) + 1n)
  return arithmetic
}

/** Writes a number to one of the arithmetic's places. */
export const putNumber = (arithmetic: FixedBaseArithmetic, place: 'number' | 'factor' | 'modulusPlusOne', value: bigint): void =>
  new Float64Array(arithmetic.memory.buffer).set(toLimbs(value), arithmetic[place].value / Float64Array.BYTES_PER_ELEMENT)
