import type { SearchEntry } from '../store.ts'
import { digest } from './digest.ts'
import type { Tx } from './tx.ts'

const insert = `INSERT INTO user_search (pool_uid, attribute, value, user_id, value_hash) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (pool_uid, attribute, value, user_id) DO UPDATE SET value_hash = excluded.value_hash`
const remove = 'DELETE FROM user_search WHERE pool_uid = ? AND attribute = ? AND value = ? AND user_id = ? AND value_hash = ?'

const keyBytes = 128

/** The part of a value that stands in the key: its first 128 bytes of UTF-8, whole code points, in a form that every engine keeps. */
export const searchKey = (value: string): string => {
  let bytes = 0
  let end = 0
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (bytes > keyBytes) break
    end += char.length
  }
  // PostgreSQL has no NUL in text.
  return value.slice(0, end).toWellFormed().replaceAll('\0', '\ufffd')
}

/** Where the values that begin with `prefix` end, in the order of code points; every one of them is smaller. */
export const prefixEnd = (prefix: string): string => {
  const points = [...prefix].map((char) => char.codePointAt(0) ?? 0)
  while (points.at(-1) === 0x10ffff) points.pop()
  const last = points.pop()
  if (last === undefined) return '\u{10ffff}'
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
}

/** Tells values with the same key apart. */
export const valueHash = (value: string): string => digest(value)

const identify = ({ attribute, value }: SearchEntry) => `${attribute}\n${value}`

/** Makes `after` the user's entries, which were `before`; touches only those that differ. */
export const replaceEntries = async (
  tx: Tx,
  poolUid: string,
  userId: string,
  before: readonly SearchEntry[],
  after: readonly SearchEntry[],
): Promise<void> => {
  const kept = new Set(after.map(identify))
  const had = new Set(before.map(identify))
  for (const entry of before) {
    if (!kept.has(identify(entry))) await tx.run(remove, poolUid, entry.attribute, searchKey(entry.value), userId, valueHash(entry.value))
  }
  for (const entry of after) {
    if (!had.has(identify(entry))) await tx.run(insert, poolUid, entry.attribute, searchKey(entry.value), userId, valueHash(entry.value))
  }
}
