import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { byAt, createPool, race, register, sampleCode, unique } from './samples.ts'

/** What every store does with codes, failures, quotas, spent tokens and revocations. */
export const counterConformance = (store: () => Store): void => {
  describe('codes', () => {
    it('are charged no more often than allowed, whoever guesses', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann')
      const code = sampleCode(user, { target: { attribute: 'phone_number', value: '+15550100' } })
      await store().codes.put(byAt(1), code)
      const results = await race(50, () => store().codes.charge(byAt(2), code, 5))
      expect(results['exhausted']).toBe(45)
      expect(Object.keys(results).length).toBe(2)
      await store().codes.put(byAt(3), { ...code, id: 'next' })
      expect(await store().codes.charge(byAt(4), code, 5)).toEqual({ ...code, id: 'next' })
    })

    it('are answered when expired, until the purge', async () => {
      const pool = await createPool(store())
      const code = sampleCode(await register(store(), pool, 'ann'), { expiresAt: 50 })
      await store().codes.put(byAt(1), code)
      expect(await store().codes.charge(byAt(60), code, 5)).toEqual(code)
      expect(await store().codes.charge(byAt(60), { ...code, purpose: 'ForgotPassword' }, 5)).toBe('none')
    })
  })

  describe('attempts', () => {
    it('count every failure, of one subject and kind', async () => {
      const key = { poolUid: `pool-${unique()}`, subject: 'ann', kind: 'password' }
      expect(await store().attempts.read(key.poolUid, 'ann', 'password')).toBeUndefined()
      const results = await race(50, () => store().attempts.fail(byAt(100), key, 1000))
      expect(Object.keys(results).length).toBe(50)
      expect(await store().attempts.read(key.poolUid, 'ann', 'password')).toEqual({ failures: 50, lastAt: 100 })
      expect(await store().attempts.read(key.poolUid, 'ann', 'code')).toBeUndefined()
      expect(await store().attempts.read(key.poolUid, 'ben', 'password')).toBeUndefined()
    })

    it('start anew after a pause or a success', async () => {
      const key = { poolUid: `pool-${unique()}`, subject: 'ann', kind: 'password' }
      expect(await store().attempts.fail(byAt(100), key, 1000)).toEqual({ failures: 1, lastAt: 100 })
      expect(await store().attempts.fail(byAt(1100), key, 1000)).toEqual({ failures: 2, lastAt: 1100 })
      expect(await store().attempts.fail(byAt(2101), key, 1000)).toEqual({ failures: 1, lastAt: 2101 })
      await store().attempts.clear(byAt(2200), key)
      expect(await store().attempts.read(key.poolUid, key.subject, key.kind)).toBeUndefined()
      expect(await store().attempts.fail(byAt(2300), key, 1000)).toEqual({ failures: 1, lastAt: 2300 })
    })
  })

  describe('attempts.charge', () => {
    const newKey = () => ({ poolUid: `pool-${unique()}`, subject: 'ann', kind: 'code' })

    it('counts tries until they lock, and then nothing until the lock is over', async () => {
      const key = newKey()
      const charge = (at: number) => store().attempts.charge(byAt(at), key, 900_000)
      for (let n = 1; n <= 5; n += 1) expect(await charge(1000)).toEqual({ failures: n, lastAt: 1000 })
      expect(await charge(1999)).toBe('locked')
      expect(await store().attempts.read(key.poolUid, key.subject, key.kind)).toEqual({ failures: 5, lastAt: 1000 })
      expect(await charge(2000)).toEqual({ failures: 6, lastAt: 2000 })
      expect(await charge(3999)).toBe('locked')
      expect(await charge(4000)).toEqual({ failures: 7, lastAt: 4000 })
      await store().attempts.clear(byAt(4001), key)
      expect(await charge(4001)).toEqual({ failures: 1, lastAt: 4001 })
    })

    it('starts anew after a pause', async () => {
      const key = newKey()
      expect(await store().attempts.charge(byAt(100), key, 1000)).toEqual({ failures: 1, lastAt: 100 })
      expect(await store().attempts.charge(byAt(1100), key, 1000)).toEqual({ failures: 2, lastAt: 1100 })
      expect(await store().attempts.charge(byAt(2101), key, 1000)).toEqual({ failures: 1, lastAt: 2101 })
    })

    it('lets no more than the lock-out allows pass, however many come at once', async () => {
      const key = newKey()
      const charge = (at: number) => race(50, () => store().attempts.charge(byAt(at), key, 900_000))
      const first = await charge(1000)
      expect(first['locked']).toBe(45)
      expect(Object.keys(first)).toHaveLength(6)
      expect((await charge(2000))['locked']).toBe(49)
      expect((await charge(4000))['locked']).toBe(49)
      expect(await store().attempts.read(key.poolUid, key.subject, key.kind)).toEqual({ failures: 7, lastAt: 4000 })
    })
  })

  describe('quotas', () => {
    it('give so many in a window, then so many in the next', async () => {
      const key = { poolUid: `pool-${unique()}`, subject: 'ann', kind: 'mail' }
      const allowance = { limit: 5, window: 1000 }
      expect(await race(50, () => store().quotas.take(byAt(100), key, allowance))).toEqual({ true: 5, false: 45 })
      expect(await store().quotas.take(byAt(1099), key, allowance)).toBe(false)
      expect(await store().quotas.take(byAt(1099), { ...key, subject: 'ben' }, allowance)).toBe(true)
      expect(await race(50, () => store().quotas.take(byAt(1100), key, allowance))).toEqual({ true: 5, false: 45 })
      expect(await store().quotas.take(byAt(9000), key, { limit: 0, window: 1000 })).toBe(false)
    })
  })

  describe('spent', () => {
    it('tells exactly one caller that it is the first', async () => {
      const poolUid = `pool-${unique()}`
      expect(await race(50, () => store().spent.spend(byAt(100), poolUid, 'token', 200))).toEqual({ first: 1, again: 49 })
      expect(await store().spent.spend(byAt(100), poolUid, 'another', 200)).toBe('first')
      expect(await store().spent.spend(byAt(100), `${poolUid}2`, 'token', 200)).toBe('first')
      expect(await store().spent.spend(byAt(199), poolUid, 'token', 300)).toBe('again')
      expect(await store().spent.spend(byAt(200), poolUid, 'token', 300)).toBe('first')
      expect(await store().spent.spend(byAt(201), poolUid, 'token', 300)).toBe('again')
    })
  })

  describe('revocations', () => {
    it('are read with a user of their pool, and with no other', async () => {
      const [pool, other] = [await createPool(store()), await createPool(store())]
      const user = await register(store(), pool, 'ann')
      const isRevoked = async (poolUid: string, id: string, origin: string) =>
        (await store().users.byIdAndOrigin(poolUid, id, origin))?.isRevoked
      expect(await store().users.byIdAndOrigin(pool.uid, user.id, 'origin')).toEqual({ user, isRevoked: false })
      await store().revocations.revoke(byAt(1), other.uid, 'origin', 5000)
      expect(await isRevoked(pool.uid, user.id, 'origin')).toBe(false)
      await store().revocations.revoke(byAt(1), pool.uid, 'origin', 5000)
      expect(await store().users.byIdAndOrigin(pool.uid, user.id, 'origin')).toEqual({ user, isRevoked: true })
      expect(await isRevoked(pool.uid, user.id, 'another')).toBe(false)
      expect(await isRevoked(pool.uid, 'absent', 'origin')).toBeUndefined()
      expect(await isRevoked(other.uid, user.id, 'origin')).toBeUndefined()
      await store().users.delete(byAt(2), user)
      expect(await isRevoked(pool.uid, user.id, 'origin')).toBeUndefined()
    })

    it('are known at once and may be repeated', async () => {
      const poolUid = `pool-${unique()}`
      expect(await store().revocations.isRevoked(poolUid, 'origin')).toBe(false)
      await race(50, () => store().revocations.revoke(byAt(1), poolUid, 'origin', 5000))
      expect(await store().revocations.isRevoked(poolUid, 'origin')).toBe(true)
      expect(await store().revocations.isRevoked(poolUid, 'other')).toBe(false)
      await store().revocations.revoke(byAt(1), poolUid, 'origin', 100)
      await store().maintenance.purge(byAt(4999), 500)
      expect(await store().revocations.isRevoked(poolUid, 'origin')).toBe(true)
    })
  })
}
