import { describe, expect, it } from 'vitest'
import type { UserPool } from '../../domain/user-pool.ts'
import type { LoadChunk, Store } from '../store.ts'
import { byAt, createPool, register } from './samples.ts'

const stretch = { from: 0, to: 300, seed: 2 ** 32 - 1, step: 10, groups: 2 }
const passes = ['credential', 'user_search:email']

const chunk = (pool: UserPool, from: number, to: number): LoadChunk => ({
  poolUid: pool.uid,
  pass: 'credential',
  from,
  to,
  table: 'credential',
  lead: [pool.uid],
  rest: Array.from({ length: to - from }, (_, at) => [`user-${from + at}`, `{"salt":"${from + at}"}`]).flat(),
})

/** What every store does when users are loaded. */
export const loadConformance = (store: () => Store): void => {
  describe('loads', () => {
    it('keep how far they are with the rows', async () => {
      const pool = await createPool(store())
      expect(await store().loads.find(pool.uid)).toBeUndefined()
      expect(await store().loads.begin(byAt(2000), pool.uid, stretch, passes)).toBe('begun')
      expect(await store().loads.begin(byAt(2000), pool.uid, { ...stretch, to: 500 }, passes)).toBe('under way')
      const under = { stretch, passes: { credential: 0, 'user_search:email': 0 } }
      expect(await store().loads.find(pool.uid)).toEqual({ users: 0, step: 10, under })
      expect(await store().loads.put(byAt(2000), chunk(pool, 0, 223))).toBe('put')
      expect(await store().loads.put(byAt(2000), chunk(pool, 0, 223))).toBe('overtaken')
      expect(await store().loads.put(byAt(2000), chunk(pool, 223, 300))).toBe('put')
      expect((await store().loads.find(pool.uid))?.under?.passes['credential']).toBe(300)
      for (const at of [0, 99, 100, 222, 299]) expect((await store().users.credential(pool.uid, `user-${at}`))?.salt).toBe(String(at))
      await store().loads.end(byAt(3000), pool.uid)
      expect(await store().loads.find(pool.uid)).toEqual({ users: 300, step: 10 })
      const audit = await store().audit.list(pool.uid, { limit: 10 })
      expect(audit.rows.map(({ outcome }) => outcome)).toEqual(['loaded users', 'begun to load users 0 to 300', 'created'])
    })

    it('begin once, however many try, and write each chunk once', async () => {
      const pool = await createPool(store())
      const five = [0, 1, 2, 3, 4]
      const begun = await Promise.all(five.map(() => store().loads.begin(byAt(1), pool.uid, stretch, passes)))
      expect(begun.filter((outcome) => outcome === 'begun')).toHaveLength(1)
      const put = await Promise.all(five.map(() => store().loads.put(byAt(1), chunk(pool, 0, 100))))
      expect(put.filter((outcome) => outcome === 'put')).toHaveLength(1)
    })

    it('write nothing into a pool that is gone', async () => {
      const pool = await createPool(store())
      await store().loads.begin(byAt(1), pool.uid, stretch, passes)
      const before = await store().loads.find(pool.uid)
      await store().pools.delete(byAt(2), pool)
      expect(await store().loads.put(byAt(3), chunk(pool, 0, 10))).toBe('overtaken')
      for (let at = 0; at < 10; at += 1) expect(await store().users.credential(pool.uid, `user-${at}`)).toBeUndefined()
      expect(await store().loads.find(pool.uid)).toEqual(before)
      const gone = await createPool(store())
      await store().pools.delete(byAt(2), gone)
      expect(await store().loads.begin(byAt(3), gone.uid, stretch, passes)).toBe('gone')
      expect(await store().loads.find(gone.uid)).toBeUndefined()
    })

    it('write nothing where somebody has a name of theirs, and say who', async () => {
      const pool = await createPool(store())
      const names = (holders: readonly string[]): LoadChunk => ({
        ...chunk(pool, 0, holders.length),
        pass: 'login_name',
        table: 'login_name',
        rest: holders.flatMap((holder, at) => [`hash ${at}`, holder]),
      })
      await store().loads.begin(byAt(1), pool.uid, stretch, ['login_name'])
      expect(await store().loads.put(byAt(1), names(['one']))).toBe('put')
      const before = await store().loads.find(pool.uid)
      const next = { ...names(['two', 'three']), from: 1, to: 3 }
      expect(await store().loads.put(byAt(1), next)).toEqual({ takenBy: 'one' })
      expect(await store().loads.find(pool.uid)).toEqual(before)
      const rest = ['hash 1', 'three', 'hash 2', 'four']
      expect(await store().loads.put(byAt(1), { ...next, rest })).toBe('put')
    })

    it('know a user whose name lies outside of theirs', async () => {
      const pool = await createPool(store())
      const named = (name: string) => ({ search: [{ attribute: 'username', value: name }] })
      for (const name of ['load-1', 'load-4']) await register(store(), pool, name, named(name))
      await register(store(), await createPool(store()), 'ann', named('ann'))
      expect(await store().loads.stranger(pool.uid, 'load-1', 'load-5')).toBeUndefined()
      for (const name of ['load', 'load-0', 'load-5', 'load-50', 'loae', 'Load-2', 'zoe']) {
        const user = await register(store(), pool, name, named(name))
        expect(await store().loads.stranger(pool.uid, 'load-1', 'load-5')).toBe(name)
        await store().users.delete(byAt(1), user)
      }
    })
  })
}
