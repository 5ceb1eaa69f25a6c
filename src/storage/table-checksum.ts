import { createHash, type Hash } from 'node:crypto'
import type { SqlValue } from './sql/tx.ts'

/** A fingerprint of a table's rows that is the same on every engine: number of rows, and a hash over them in key order. */
export interface TableChecksum {
  readonly rows: number
  /** SHA-256, hex */
  readonly hash: string
}

/** Takes rows in key order, each as the values of its columns. */
export interface ChecksumOfRows {
  add(row: readonly SqlValue[]): void
  result(): TableChecksum
}

const addValue = (hash: Hash, value: SqlValue): void => {
  if (value === null) hash.update('-')
  // Lengths stand before texts, so that no two rows of values are one text.
  else if (typeof value === 'string') hash.update(`${Buffer.byteLength(value)}:`).update(value)
  else hash.update(`#${value};`)
}

/** A checksum of no rows so far. */
export const checksumOfRows = (): ChecksumOfRows => {
  const hash = createHash('sha256')
  let rows = 0
  return {
    add: (row) => {
      rows += 1
      for (const value of row) addValue(hash, value)
    },
    result: () => ({ rows, hash: hash.digest('hex') }),
  }
}
