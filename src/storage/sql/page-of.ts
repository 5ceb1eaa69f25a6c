import type { Rows } from '../store.ts'

/** The page that `found`, read with a limit of `limit` + 1, makes; `next` is the key of its last row when more follow. */
export const pageOf = <R, T>(found: readonly R[], limit: number, keyOf: (row: R) => string, read: (row: R) => T): Rows<T> => {
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const rows = page.map(read)
  return found.length > limit && last !== undefined ? { rows, next: keyOf(last) } : { rows }
}
