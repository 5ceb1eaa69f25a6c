import { describe, expect, it } from 'vitest'
import type { SqlValue } from './sql/tx.ts'
import { checksumOfRows } from './table-checksum.ts'

const of = (...rows: readonly (readonly SqlValue[])[]) => {
  const checksum = checksumOfRows()
  for (const row of rows) checksum.add(row)
  return checksum.result()
}

describe('the checksum of rows', () => {
  it('is the same for the same rows', () => {
    expect(of(['a', 1, null], ['b', 2, 'é'])).toEqual(of(['a', 1, null], ['b', 2, 'é']))
    expect(of().rows).toBe(0)
  })

  it('tells every difference: values, kinds, places and order', () => {
    const all = [
      of(['a', 'bc']),
      of(['ab', 'c']),
      of(['a', 'b'], ['c', '']),
      of(['c', ''], ['a', 'b']),
      of(['1', 'x']),
      of([1, 'x']),
      of([null, 'x']),
      of(['', 'x']),
      of(['-', 'x']),
      of(['e\u0301']),
      of(['é']),
      of([]),
      of(),
    ].map(({ rows, hash }) => `${rows} ${hash}`)
    expect(new Set(all).size).toBe(all.length)
  })
})
