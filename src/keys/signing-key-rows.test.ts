import { describe, expect, it } from 'vitest'
import type { SigningKeyRow, Store } from '../storage/store.ts'
import { cacheRows } from './signing-key-rows.ts'

/** A store of which only the read of signing keys is used; each read answers when and how the test says. */
const heldStore = () => {
  const reads: { answer: (...kids: string[]) => void; fail: (cause: Error) => void }[] = []
  const ofPool = (): Promise<SigningKeyRow[]> =>
    new Promise((resolve, reject) =>
      reads.push({ answer: (...kids) => resolve(kids.map((kid) => ({ kid }) as SigningKeyRow)), fail: reject }),
    )
  return { store: { signingKeys: { ofPool } } as unknown as Store, reads }
}

const kids = async (rows: Promise<SigningKeyRow[]>): Promise<string[]> => (await rows).map((row) => row.kid)

describe('cacheRows', () => {
  it('reads once for all who ask within 250 ms', async () => {
    let now = 0
    const { store, reads } = heldStore()
    const rows = cacheRows(store, { now: () => now })
    const asked = [rows.ofPool('pool'), rows.ofPool('pool')]
    reads[0]?.answer('a')
    for (const answer of asked) expect(await kids(answer)).toEqual(['a'])
    now = 249
    expect(await kids(rows.ofPool('pool'))).toEqual(['a'])
    expect(reads).toHaveLength(1)
    now = 250
    const later = rows.ofPool('pool')
    reads[1]?.answer('b')
    expect(await kids(later)).toEqual(['b'])
  })

  it('counts the age from the beginning of the read, and does not trust a clock that was put back', async () => {
    let now = 1000
    const { store, reads } = heldStore()
    const rows = cacheRows(store, { now: () => now })
    const slow = rows.ofPool('pool')
    now = 1300
    reads[0]?.answer('a')
    await slow
    const second = rows.ofPool('pool')
    reads[1]?.answer('b')
    expect(await kids(second)).toEqual(['b'])
    now = 0
    const third = rows.ofPool('pool')
    reads[2]?.answer('c')
    expect(await kids(third)).toEqual(['c'])
  })

  // must-not-happen 46
  it('believes no read that began before a write, even when it ends after it', async () => {
    const { store, reads } = heldStore()
    const rows = cacheRows(store, { now: () => 0 })
    const before = rows.ofPool('pool')
    rows.forget('pool')
    const after = rows.ofPool('pool')
    reads[1]?.answer('new')
    expect(await kids(after)).toEqual(['new'])
    reads[0]?.answer('old')
    await before
    expect(await kids(rows.ofPool('pool'))).toEqual(['new'])
    expect(reads).toHaveLength(2)
  })

  it('reads anew for who wants it fresh, and lets the later read stand', async () => {
    const { store, reads } = heldStore()
    const rows = cacheRows(store, { now: () => 0 })
    const first = rows.ofPool('pool')
    const fresh = rows.freshOfPool('pool')
    reads[1]?.answer('new')
    expect(await kids(fresh)).toEqual(['new'])
    reads[0]?.answer('old')
    expect(await kids(first)).toEqual(['old'])
    expect(await kids(rows.ofPool('pool'))).toEqual(['new'])
  })

  it('remembers no failure', async () => {
    const { store, reads } = heldStore()
    const rows = cacheRows(store, { now: () => 0 })
    const failing = rows.ofPool('pool')
    reads[0]?.fail(new Error('the disk is gone'))
    await expect(failing).rejects.toThrow('the disk is gone')
    const again = rows.ofPool('pool')
    reads[1]?.answer('a')
    expect(await kids(again)).toEqual(['a'])
  })
})
