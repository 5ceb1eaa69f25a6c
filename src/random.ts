import { randomBytes, randomFillSync, randomInt, randomUUID } from 'node:crypto'

/** The only source of entropy; tests pass a seeded one. */
export interface Random {
  /** `size` unpredictable bytes. */
  bytes(size: number): Uint8Array
  /** A whole number, 0 <= n < `below`, without modulo bias. */
  below(below: number): number
  /** A random (version 4) UUID in lower case. */
  uuid(): string
}

// Asking OpenSSL costs as much for 4 kB as for 16 bytes.
const reserve = new Uint8Array(4096)
let given = reserve.length

const fewBytes = (size: number): Uint8Array => {
  if (given + size > reserve.length) {
    randomFillSync(reserve)
    given = 0
  }
  const bytes = reserve.slice(given, given + size)
  // Nobody who reads this memory later learns what was given out.
  reserve.fill(0, given, given + size)
  given += size
  return bytes
}

/** The operating system's entropy. */
export const systemRandom: Random = {
  bytes: (size) => (size <= 256 ? fewBytes(size) : randomBytes(size)),
  below: (below) => randomInt(below),
  uuid: () => randomUUID(),
}
