import { describe, expect, it } from 'vitest'
import type { UserPool } from '../../domain/user-pool.ts'
import type { Store, UserQuery } from '../store.ts'
import { byAt, createPool, register, walk } from './samples.ts'

const named = (value: string) => ({ search: [{ attribute: 'name', value }] })
const query = (op: UserQuery['op'], value: string): UserQuery => ({ attribute: 'name', op, value })

/** What every store does when users are searched. */
export const listUsersConformance = (store: () => Store): void => {
  const pages = (pool: UserPool, asked: UserQuery | undefined, limit: number) =>
    walk((after) => store().users.list(pool.uid, asked, { after, limit }))
  const names = async (pool: UserPool, asked: UserQuery, limit = 100) =>
    (await pages(pool, asked, limit)).map((rows) => rows.map((user) => user.username))

  describe('users.list', () => {
    it('pages through all users of the pool in the order of their ids', async () => {
      const pool = await createPool(store())
      await register(store(), await createPool(store()), 'other')
      expect(await pages(pool, undefined, 3)).toEqual([[]])
      for (let n = 0; n < 7; n += 1) await register(store(), pool, `u${n}`)
      const found = await pages(pool, undefined, 3)
      expect(found.map((rows) => rows.length)).toEqual([3, 3, 1])
      const ids = found.flat().map((user) => user.id)
      expect(ids).toEqual([...ids].sort())
      expect(new Set(ids).size).toBe(7)
      expect((await pages(pool, undefined, 7)).length).toBe(1)
    })

    it('answers nothing, and no next page, to a limit of 0', async () => {
      const pool = await createPool(store())
      await register(store(), pool, 'ann')
      expect(await pages(pool, undefined, 0)).toEqual([[]])
    })

    it('finds equal values, each user once', async () => {
      const pool = await createPool(store())
      for (const name of ['ann', 'anna', 'an']) await register(store(), pool, name, named(name))
      for (const n of [1, 2, 3]) await register(store(), pool, `twin${n}`, named('twin'))
      expect(await names(pool, query('=', 'ann'))).toEqual([['ann']])
      expect(await names(pool, query('=', 'anne'))).toEqual([[]])
      expect(await names(pool, query('=', 'twin'), 2)).toEqual([['twin1', 'twin2'], ['twin3']])
      expect(await names(pool, { attribute: 'email', op: '=', value: 'ann' })).toEqual([[]])
    })

    it('finds by prefix, in the order of the value and then of the id', async () => {
      const pool = await createPool(store())
      const values = ['b', 'ab', 'a', 'aé', 'a\u{1f600}', 'a\uff5e', 'aa', 'aa\n1']
      for (const value of values) await register(store(), pool, value, named(value))
      await register(store(), pool, 'aa again', named('aa'))
      const expected = ['a', 'aa', 'aa again', 'aa\n1', 'ab', 'aé', 'a\uff5e', 'a\u{1f600}']
      expect(await names(pool, query('^=', 'a'))).toEqual([expected])
      expect((await names(pool, query('^=', 'a'), 1)).flat()).toEqual(expected)
      expect((await names(pool, query('^=', 'a'), 3)).flat()).toEqual(expected)
      expect((await names(pool, query('^=', 'aa'), 2)).flat()).toEqual(['aa', 'aa again', 'aa\n1'])
      expect((await names(pool, query('^=', ''), 5)).flat()).toEqual([...expected, 'b'])
    })

    it('takes % and _ for what they are', async () => {
      const pool = await createPool(store())
      for (const value of ['a%', 'a_', 'ab']) await register(store(), pool, value, named(value))
      expect(await names(pool, query('^=', 'a%'))).toEqual([['a%']])
      expect(await names(pool, query('^=', 'a_'))).toEqual([['a_']])
    })

    it('compares long values to their end', async () => {
      const pool = await createPool(store())
      const stem = 'ü'.repeat(100)
      for (const end of ['a', 'b', 'ba']) await register(store(), pool, end, named(stem + end))
      await register(store(), pool, 'short', named('ü'.repeat(70)))
      expect(await names(pool, query('=', `${stem}b`))).toEqual([['b']])
      expect(await names(pool, query('=', stem))).toEqual([[]])
      expect((await names(pool, query('^=', `${stem}b`), 1)).flat()).toEqual(['b', 'ba'])
      expect((await names(pool, query('^=', stem), 2)).flat()).toEqual(['a', 'b', 'ba'])
      expect((await names(pool, query('^=', 'ü'.repeat(60)), 2)).flat()).toHaveLength(4)
    })

    it('follows the changes of a user', async () => {
      const pool = await createPool(store())
      const long = 'x'.repeat(200)
      const user = await register(store(), pool, 'ann', { search: [...named('old').search, { attribute: 'email', value: 'e' }] })
      const change = { user, search: [...named(`${long}1`).search, { attribute: 'email', value: 'e' }] }
      expect(await store().users.save(byAt(2), change)).toBe('saved')
      expect(await names(pool, query('=', 'old'))).toEqual([[]])
      expect(await names(pool, query('=', `${long}1`))).toEqual([['ann']])
      expect(await names(pool, { attribute: 'email', op: '=', value: 'e' })).toEqual([['ann']])
      expect(await store().users.save(byAt(2), { user: { ...user, version: 2 }, search: named(`${long}2`).search })).toBe('saved')
      expect(await names(pool, query('=', `${long}1`))).toEqual([[]])
      expect(await names(pool, query('=', `${long}2`))).toEqual([['ann']])
      expect(await names(pool, { attribute: 'email', op: '=', value: 'e' })).toEqual([[]])
    })
  })
}
