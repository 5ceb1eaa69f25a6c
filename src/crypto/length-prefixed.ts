/** Joins parts so that no two different lists give the same bytes: each part follows its length as a 32-bit big-endian number. */
export const lengthPrefixed = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part))
  const joined = Buffer.alloc(bytes.reduce((size, { length }) => size + 4 + length, 0))
  let at = 0
  for (const part of bytes) {
    joined.set(part, joined.writeUInt32BE(part.length, at))
    at += 4 + part.length
  }
  return joined
}
