import { hash, timingSafeEqual } from 'node:crypto'

const rows = 65_536
const columns = 4
const digestSize = 32
const entrySize = digestSize + 4
const rowSize = columns * entrySize

/** Remembers a number for each of nearly all texts that were set last. */
export interface DigestMemory {
  get(text: string): number | undefined
  /** `value` is 0 to 2^32 - 1. */
  set(text: string, value: number): void
}

/**
 * A memory with room for 262,144 texts, of well-formed Unicode, by their SHA-256 digests: one block of 9.4 MB, in which the garbage collector
 * has nothing to look through. Those whose digests begin with the same 16 bits share a row of four, where a fifth takes the place of the one that was set
 * longest ago: after 40,000 later ones a text is still known in 996 cases of 1,000, after 80,000 in 96 of 100.
 */
export const createDigestMemory = (): DigestMemory => {
  const entries = Buffer.alloc(rows * rowSize)
  const wanted = Buffer.alloc(digestSize)
  const placeOf = (digest: string): number | undefined => {
    const row = rowOf(digest)
    wanted.write(digest, 'latin1')
    for (let at = row; at < row + rowSize; at += entrySize) if (timingSafeEqual(entries.subarray(at, at + digestSize), wanted)) return at
    return undefined
  }
  return {
    get: (text) => {
      const place = placeOf(digestOf(text))
      return place === undefined ? undefined : entries.readUInt32LE(place + digestSize)
    },
    set: (text, value) => {
      const digest = digestOf(text)
      const row = rowOf(digest)
      const freed = placeOf(digest) ?? row + rowSize - entrySize
      entries.copyWithin(row + entrySize, row, freed)
      entries.write(digest, row, 'latin1')
      entries.writeUInt32LE(value, row + digestSize)
    },
  }
}

/** A character for each byte, which is quicker to come by than bytes. */
const digestOf = (text: string): string => hash('sha256', text, 'binary')

const rowOf = (digest: string): number => ((digest.charCodeAt(0) << 8) | digest.charCodeAt(1)) * rowSize
