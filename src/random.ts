import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** The only source of entropy; tests pass a seeded one. */
export interface Random {
  /** `size` unpredictable bytes. */
  bytes(size: number): Uint8Array
  /** A whole number, 0 <= n < `below`, without modulo bias. */
  below(below: number): number
  /** A random (version 4) UUID in lower case. */
  uuid(): string
}

/** The operating system's entropy. */
export const systemRandom: Random = {
  bytes: (size) => randomBytes(size),
  below: (below) => randomInt(below),
  uuid: () => randomUUID(),
}
