import { describe, expect, it } from 'vitest'
import type { AccessKeyRow, DataKeyRow, SigningKeyRow, Store } from '../store.ts'
import { byAt, race, unique, walk } from './samples.ts'

const dataKey = (poolUid: string): DataKeyRow => ({
  id: `key-${unique()}`,
  poolUid,
  purpose: 'codes',
  masterKeyId: 'm1',
  wrapped: 'AA==',
  createdAt: 1000,
})

const signingKey = (poolUid: string, use: 'id' | 'access', ordinal: number): SigningKeyRow => ({
  poolUid,
  use,
  ordinal,
  kid: unique(),
  publicJwk: '{}',
  sealedPrivate: 'AA==',
  activeFrom: 2000,
  createdAt: 1000,
})

/** What every store does with its own facts and with keys. */
export const keyConformance = (store: () => Store): void => {
  describe('meta', () => {
    it('keeps the first value put, and the last value set', async () => {
      const key = `key ${unique()}`
      expect(await store().meta.get(key)).toBeUndefined()
      const results = await race(50, (n) => store().meta.putIfAbsent(byAt(1), key, `value ${n}`))
      expect(Object.values(results)).toEqual([50])
      expect(await store().meta.get(key)).toBe(Object.keys(results)[0])
      await store().meta.set(byAt(1), key, 'other')
      expect(await store().meta.putIfAbsent(byAt(1), key, 'late')).toBe('other')
      await store().meta.set(byAt(1), `${key}2`, 'new')
      expect(await store().meta.get(`${key}2`)).toBe('new')
    })
  })

  describe('data keys', () => {
    it('are made once for a pool and purpose', async () => {
      const poolUid = `pool-${unique()}`
      expect(await store().dataKeys.current(poolUid, 'codes')).toBeUndefined()
      const results = await race(50, () => store().dataKeys.putIfAbsent(byAt(1), dataKey(poolUid)))
      expect(Object.values(results)).toEqual([50])
      const standing = await store().dataKeys.current(poolUid, 'codes')
      expect(JSON.parse(Object.keys(results)[0] ?? '')).toEqual(standing)
      expect(await store().dataKeys.byId(standing?.id ?? '')).toEqual(standing)
      expect(await store().dataKeys.byId('absent')).toBeUndefined()
      const other = { ...dataKey(poolUid), purpose: 'pages' }
      expect(await store().dataKeys.putIfAbsent(byAt(1), other)).toEqual(other)
    })

    it('are rewrapped unless somebody did it before', async () => {
      const key = dataKey(`pool-${unique()}`)
      await store().dataKeys.putIfAbsent(byAt(1), key)
      const change = { id: key.id, from: 'm1', to: 'm2', wrapped: 'BB==' }
      expect(await store().dataKeys.rewrap(byAt(1), [change, { ...change, id: 'absent' }])).toBe(1)
      expect(await store().dataKeys.rewrap(byAt(1), [{ ...change, wrapped: 'CC==' }])).toBe(0)
      expect(await store().dataKeys.byId(key.id)).toEqual({ ...key, masterKeyId: 'm2', wrapped: 'BB==' })
    })

    it('are removed for good, and another takes the place', async () => {
      const [key, other] = [dataKey(`pool-${unique()}`), dataKey(`pool-${unique()}`)]
      for (const row of [key, other]) await store().dataKeys.putIfAbsent(byAt(1), row)
      expect(await store().dataKeys.remove(byAt(2), [key.id, 'absent'])).toBe(1)
      expect(await store().dataKeys.byId(key.id)).toBeUndefined()
      expect(await store().dataKeys.current(key.poolUid, key.purpose)).toBeUndefined()
      expect(await store().dataKeys.byId(other.id)).toEqual(other)
      const next = { ...key, id: `key-${unique()}` }
      expect(await store().dataKeys.putIfAbsent(byAt(3), next)).toEqual(next)
    })

    it('are listed by id', async () => {
      for (let n = 0; n < 3; n += 1) await store().dataKeys.putIfAbsent(byAt(1), dataKey(`pool-${unique()}`))
      const ids = (await walk((after) => store().dataKeys.list({ after, limit: 2 }))).flat().map((row) => row.id)
      expect(ids.length).toBeGreaterThanOrEqual(3)
      expect(ids).toEqual([...new Set(ids)].sort())
    })
  })

  describe('signing keys', () => {
    it('are made once for a pool, use and ordinal, and listed oldest first', async () => {
      const poolUid = `pool-${unique()}`
      const results = await race(50, () => store().signingKeys.putIfAbsent(byAt(1), signingKey(poolUid, 'id', 0)))
      expect(Object.values(results)).toEqual([50])
      const others = [signingKey(poolUid, 'id', 1), signingKey(poolUid, 'access', 0)]
      for (const key of others) expect(await store().signingKeys.putIfAbsent(byAt(1), key)).toEqual(key)
      const keys = await store().signingKeys.ofPool(poolUid)
      expect(keys.map(({ use, ordinal }) => `${use} ${ordinal}`)).toEqual(['access 0', 'id 0', 'id 1'])
      expect(keys[2]).toEqual(others[0])
      await store().signingKeys.remove(byAt(1), poolUid, 'id', 0)
      await store().signingKeys.remove(byAt(1), poolUid, 'id', 0)
      expect(await store().signingKeys.ofPool(poolUid)).toHaveLength(2)
    })
  })

  describe('access keys', () => {
    it('are created, found, listed and deleted', async () => {
      const make = (): AccessKeyRow => ({
        id: `AKIA${unique()}`,
        userName: 'deploy',
        sealedSecret: 'AA==',
        policy: '{"Statement":[]}',
        enabled: true,
        createdAt: 1000,
      })
      const keys = [make(), make(), { ...make(), enabled: false }]
      for (const key of keys) await store().accessKeys.create(byAt(1), key)
      for (const key of keys) expect(await store().accessKeys.byId(key.id)).toEqual(key)
      expect((await walk((after) => store().accessKeys.list({ after, limit: 2 }))).flat()).toEqual(keys)
      expect(await store().accessKeys.delete(byAt(1), keys[0]?.id ?? '')).toBe('deleted')
      expect(await store().accessKeys.delete(byAt(1), keys[0]?.id ?? '')).toBe('absent')
      expect(await store().accessKeys.byId(keys[0]?.id ?? '')).toBeUndefined()
    })
  })
}
