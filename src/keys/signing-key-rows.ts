import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import { longestLag } from '../domain/longest-lag.ts'
import type { SigningKeyRow, Store } from '../storage/store.ts'

/** The signing-key rows of pools, read at most every 250 ms. */
export interface SigningKeyRows {
  /** At most 250 ms old. */
  ofPool(poolUid: string): Promise<SigningKeyRow[]>
  /** Read after the call. */
  freshOfPool(poolUid: string): Promise<SigningKeyRow[]>
  /** To be called after a write: no read that began before it is believed any more. */
  forget(poolUid: string): void
}

/** Caches the rows of the 2,000 last used pools. */
export const cacheRows = (store: Store, clock: Clock): SigningKeyRows => {
  const cache = new LRUCache<string, { readonly rows: SigningKeyRow[]; readonly readAt: number }>({ max: 2000 })
  const reading = new Map<string, Promise<SigningKeyRow[]>>()

  const read = (poolUid: string): Promise<SigningKeyRow[]> => {
    const readAt = clock.now()
    const started = store.signingKeys.ofPool(poolUid)
    reading.set(poolUid, started)
    const settle = (rows?: SigningKeyRow[]): void => {
      // Overtaken by a write or a later read: what it saw may be old.
      if (reading.get(poolUid) !== started) return
      reading.delete(poolUid)
      if (rows) cache.set(poolUid, { rows, readAt })
    }
    started.then(settle, () => settle())
    return started
  }

  return {
    ofPool: async (poolUid) => {
      const known = cache.get(poolUid)
      const age = known ? clock.now() - known.readAt : Number.POSITIVE_INFINITY
      return known && age >= 0 && age < longestLag ? known.rows : (reading.get(poolUid) ?? read(poolUid))
    },
    freshOfPool: read,
    forget: (poolUid) => {
      cache.delete(poolUid)
      reading.delete(poolUid)
    },
  }
}
