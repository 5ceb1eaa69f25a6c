/** Several powers in one message to a worker thread: for each the sizes of base and exponent, and all bytes one after another. */
export interface ModPowBatch {
  readonly sizes: readonly (readonly [base: number, exponent: number])[]
  readonly bytes: ArrayBuffer
}

/** Copies the numbers into a buffer of their own, which may be transferred. */
export const packBatch = (powers: readonly { readonly base: Uint8Array; readonly exponent: Uint8Array }[]): ModPowBatch => {
  const bytes = new Uint8Array(powers.reduce((sum, { base, exponent }) => sum + base.length + exponent.length, 0))
  let at = 0
  const put = (part: Uint8Array): number => {
    bytes.set(part, at)
    at += part.length
    return part.length
  }
  return { sizes: powers.map(({ base, exponent }) => [put(base), put(exponent)] as const), bytes: bytes.buffer }
}

/** The `index`-th of the 384-byte results that a worker answered in one buffer. */
export const unpackPower = (answer: ArrayBuffer, index: number): Uint8Array => new Uint8Array(answer, index * 384, 384)
