import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { byAt, createPool, race, register, sampleGroup, walk } from './samples.ts'

/** What every store does with groups. */
export const groupConformance = (store: () => Store): void => {
  describe('groups', () => {
    it('are created once under a name, found, changed and listed by name', async () => {
      const pool = await createPool(store())
      const names = ['writers', 'Admins', 'émigrés', 'readers']
      for (const name of names) expect(await store().groups.create(byAt(1), sampleGroup(pool, name), 10)).toBe('created')
      expect(await race(50, () => store().groups.create(byAt(1), sampleGroup(pool, 'one'), 10))).toEqual({ created: 1, 'name taken': 49 })
      const group = (await store().groups.byName(pool.uid, 'readers')) ?? expect.unreachable()
      expect(group.GroupName).toBe('readers')
      expect(await store().groups.create(byAt(1), group, 10)).toBe('created')
      expect(await race(50, (n) => store().groups.update(byAt(2), { ...group, Precedence: n }))).toEqual({
        updated: 1,
        'version conflict': 49,
      })
      const pages = await walk((after) => store().groups.list(pool.uid, { after, limit: 2 }))
      expect(pages.map((rows) => rows.map((row) => row.GroupName))).toEqual([['Admins', 'one'], ['readers', 'writers'], ['émigrés']])
    })

    it('hold the limit of a pool', async () => {
      const pool = await createPool(store())
      expect(await race(50, (n) => store().groups.create(byAt(1), sampleGroup(pool, `g${n}`), 9))).toEqual({ created: 9, 'too many': 41 })
      const [group] = (await store().groups.list(pool.uid, { limit: 1 })).rows
      await store().groups.delete(byAt(2), group ?? expect.unreachable())
      expect(await store().groups.create(byAt(3), sampleGroup(pool, 'x'), 9)).toBe('created')
      expect(await store().groups.create(byAt(3), sampleGroup(pool, 'y'), 9)).toBe('too many')
    })

    it('have members, in pages of users and of groups', async () => {
      const pool = await createPool(store())
      const [a, b] = [sampleGroup(pool, 'a'), sampleGroup(pool, 'b')]
      for (const group of [a, b]) await store().groups.create(byAt(1), group, 10)
      const users = [await register(store(), pool, 'ann'), await register(store(), pool, 'ben'), await register(store(), pool, 'cat')]
      const [ann] = users
      for (const user of users) expect(await store().groups.addMember(byAt(1), a, user.id, 10)).toBe('added')
      await store().groups.addMember(byAt(1), b, ann?.id ?? '', 10)
      expect(await store().groups.addMember(byAt(1), b, ann?.id ?? '', 10)).toBe('added')
      const pages = await walk((after) => store().groups.members(a, { after, limit: 2 }))
      expect(pages).toEqual([users.slice(0, 2), users.slice(2)])
      const groups = await walk((after) => store().groups.ofUser(pool.uid, ann?.id ?? '', { after, limit: 1 }))
      expect(groups).toEqual([[a], [b]])
      await store().groups.removeMember(byAt(2), a, ann?.id ?? '')
      await store().groups.removeMember(byAt(2), a, ann?.id ?? '')
      expect((await store().groups.ofUser(pool.uid, ann?.id ?? '', { limit: 10 })).rows).toEqual([b])
      expect((await store().groups.members(a, { limit: 10 })).rows).toEqual(users.slice(1))
    })

    it('hold the limit of groups for one user; deleted groups do not count', async () => {
      const pool = await createPool(store())
      const { id } = await register(store(), pool, 'ann')
      const groups = Array.from({ length: 50 }, (_, n) => sampleGroup(pool, `g${n}`))
      for (const group of groups) await store().groups.create(byAt(1), group, 100)
      const results = await race(50, (n) => store().groups.addMember(byAt(1), groups[n] ?? expect.unreachable(), id, 6))
      expect(results).toEqual({ added: 6, 'too many': 44 })
      const [member] = (await store().groups.ofUser(pool.uid, id, { limit: 1 })).rows
      await store().groups.delete(byAt(2), member ?? expect.unreachable())
      expect((await store().groups.ofUser(pool.uid, id, { limit: 60 })).rows).toHaveLength(5)
      const other = groups.find((group) => group.GroupName === 'g49') ?? expect.unreachable()
      expect(await store().groups.addMember(byAt(2), other, id, 6)).toBe('added')
    })

    it('start without members when made anew under the same name', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann')
      const old = sampleGroup(pool, 'team')
      await store().groups.create(byAt(1), old, 10)
      await store().groups.addMember(byAt(1), old, user.id, 10)
      expect(await store().groups.delete(byAt(2), old)).toBe('deleted')
      expect(await store().groups.delete(byAt(2), old)).toBe('absent')
      expect(await store().groups.byName(pool.uid, 'team')).toBeUndefined()
      const team = sampleGroup(pool, 'team')
      expect(await store().groups.create(byAt(3), team, 10)).toBe('created')
      expect((await store().groups.members(team, { limit: 10 })).rows).toEqual([])
      expect((await store().groups.members(old, { limit: 10 })).rows).toEqual([])
      expect((await store().groups.ofUser(pool.uid, user.id, { limit: 10 })).rows).toEqual([])
      expect(await store().groups.update(byAt(3), old)).toBe('version conflict')
      await store().groups.addMember(byAt(3), old, user.id, 10)
      expect((await store().groups.members(team, { limit: 10 })).rows).toEqual([])
      await store().groups.addMember(byAt(3), team, user.id, 10)
      while (await store().maintenance.purge(byAt(4), 100));
      expect((await store().groups.members(team, { limit: 10 })).rows).toEqual([user])
      expect((await store().groups.ofUser(pool.uid, user.id, { limit: 10 })).rows).toEqual([team])
    })
  })
}
