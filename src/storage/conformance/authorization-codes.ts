import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { byAt, createPool, race, unique } from './samples.ts'

/** What every store does with authorization codes. */
export const authorizationCodeConformance = (store: () => Store): void => {
  const sample = (poolUid = `pool-${unique()}`) => ({ poolUid, codeHash: `hash-${unique()}`, sealed: 'c2VjcmV0', expiresAt: 6_000_000 })
  const redeem = (at: number, code: { poolUid: string; codeHash: string }, grantedUntil = 9_000_000) =>
    store().authorizationCodes.redeem(byAt(at), { poolUid: code.poolUid, codeHash: code.codeHash, grantedUntil })
  const get = ({ poolUid, codeHash }: { poolUid: string; codeHash: string }) => store().authorizationCodes.get(poolUid, codeHash)

  describe('authorizationCodes', () => {
    it('are there, redeemed or not, until they expired and the purge came by', async () => {
      const code = sample()
      expect(await get(code)).toBeUndefined()
      await store().authorizationCodes.put(byAt(1), code)
      expect(await get(code)).toEqual({ sealed: code.sealed, grantedUntil: undefined })
      expect(await get({ ...code, poolUid: `${code.poolUid}2` })).toBeUndefined()
      expect(await redeem(2, code, 77)).toBe('first')
      expect(await get(code)).toEqual({ sealed: code.sealed, grantedUntil: 77 })
      while ((await store().maintenance.purge(byAt(code.expiresAt - 1), 500)) > 0);
      expect(await get(code)).toBeDefined()
      while ((await store().maintenance.purge(byAt(code.expiresAt), 500)) > 0);
      expect(await get(code)).toBeUndefined()
    })

    it('never mean anything else', async () => {
      const code = sample()
      await store().authorizationCodes.put(byAt(1), code)
      await store().authorizationCodes.put(byAt(1), { ...code, sealed: 'b3RoZXI' })
      expect((await get(code))?.sealed).toBe(code.sealed)
    })

    it('are redeemed once, however many come at once', async () => {
      const code = sample()
      await store().authorizationCodes.put(byAt(1), code)
      expect(await race(50, () => redeem(1000, code))).toEqual({ first: 1, again: 49 })
      expect(await redeem(code.expiresAt - 1, code, 5)).toBe('again')
      expect((await get(code))?.grantedUntil).toBe(9_000_000)
    })

    it('give nothing where there is none, in another pool, or after their time', async () => {
      const code = sample()
      expect(await redeem(1, code)).toBe('again')
      await store().authorizationCodes.put(byAt(1), code)
      expect(await redeem(1, { ...code, poolUid: 'another' })).toBe('again')
      expect(await redeem(1, { ...code, codeHash: `${code.codeHash}2` })).toBe('again')
      expect(await redeem(code.expiresAt, code)).toBe('again')
      expect((await get(code))?.grantedUntil).toBeUndefined()
      expect(await redeem(code.expiresAt - 1, code)).toBe('first')
    })

    it('go with their pool', async () => {
      const pool = await createPool(store())
      const code = { ...sample(pool.uid), expiresAt: 90_000_000 }
      await store().authorizationCodes.put(byAt(7_000_000), code)
      await store().pools.delete(byAt(7_000_000), pool)
      while ((await store().maintenance.purge(byAt(7_000_000), 500)) > 0);
      expect(await get(code)).toBeUndefined()
    })
  })
}
