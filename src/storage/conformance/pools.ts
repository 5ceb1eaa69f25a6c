import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { byAt, createPool, newUser, race, register, sampleClient, samplePool, unique, walk } from './samples.ts'

/** What every store does with user pools. */
export const poolConformance = (store: () => Store): void => {
  describe('pools', () => {
    it('finds a created pool by its uid and its id', async () => {
      const pool = await createPool(store())
      expect(await store().pools.byUid(pool.uid)).toEqual(pool)
      expect(await store().pools.byId(pool.Id)).toEqual(pool)
      expect(await store().pools.byId('us-east-1_absent')).toBeUndefined()
      expect(await store().pools.byUid('absent')).toBeUndefined()
    })

    it('keeps callers from changing what others read', async () => {
      const { Id } = await createPool(store())
      const read = await store().pools.byId(Id)
      expect(() => read?.SchemaAttributes.push({ Name: 'x' })).toThrow(TypeError)
      expect(await store().pools.byId(Id)).toBe(read)
    })

    it('gives an id to one pool only', async () => {
      const pool = await createPool(store())
      expect(await store().pools.create(byAt(1), samplePool({ Id: pool.Id }), 100_000)).toBe('id taken')
      expect(await store().pools.create(byAt(1), pool, 100_000)).toBe('created')
      const Id = `us-east-1_${unique()}`
      expect(await race(50, () => store().pools.create(byAt(1), samplePool({ Id }), 100_000))).toEqual({ created: 1, 'id taken': 49 })
    })

    it('holds the limit of a region, also against a race', async () => {
      const region = `region-${unique()}`
      const results = await race(50, () => store().pools.create(byAt(1), samplePool({ region }), 7))
      expect(results).toEqual({ created: 7, 'too many': 43 })
      const [first] = (await store().pools.list(region, { limit: 1 })).rows
      expect(await store().pools.create(byAt(1), samplePool({ region: `${region}b` }), 7)).toBe('created')
      expect(await store().pools.delete(byAt(1), first ?? samplePool())).toBe('deleted')
      expect(await store().pools.create(byAt(1), samplePool({ region }), 7)).toBe('created')
      expect(await store().pools.create(byAt(1), samplePool({ region }), 7)).toBe('too many')
      expect(await store().pools.create(byAt(1), samplePool({ region: `${region}c` }), 0)).toBe('too many')
    })

    it('lists a region, or all of them, in pages in the order of ids', async () => {
      const region = `region-${unique()}`
      const ids = ['c', 'a', 'B', 'd', 'e'].map((name) => `${region}_${name}`)
      for (const Id of ids) await createPool(store(), { region, Id })
      const pages = await walk((after) => store().pools.list(region, { after, limit: 2 }))
      expect(pages.map((rows) => rows.map((pool) => pool.Id.at(-1)))).toEqual([['B', 'a'], ['c', 'd'], ['e']])
      expect(await walk((after) => store().pools.list(region, { after, limit: 5 }))).toHaveLength(1)
      const all = (await walk((after) => store().pools.list(undefined, { after, limit: 1000 }))).flat().map((pool) => pool.Id)
      expect(all).toEqual(expect.arrayContaining(ids))
      expect(all).toEqual([...all].sort())
    })

    it('saves one of many changes that began with the same version', async () => {
      const pool = await createPool(store())
      const results = await race(50, (n) => store().pools.update(byAt(2), { ...pool, Name: `name ${n}` }))
      expect(results).toEqual({ updated: 1, 'version conflict': 49 })
      const saved = await store().pools.byId(pool.Id)
      expect(saved?.version).toBe(2)
      expect(saved?.Name).toMatch(/^name /)
      expect(await store().pools.update(byAt(2), { ...pool, version: 2, Name: 'later' })).toBe('updated')
      expect(await store().pools.byUid(pool.uid)).toEqual({ ...pool, version: 3, Name: 'later' })
      expect(await store().pools.update(byAt(2), samplePool())).toBe('version conflict')
    })

    it('forgets a deleted pool, its clients and its users at once', async () => {
      const pool = await createPool(store())
      const client = sampleClient(pool)
      await store().clients.create(byAt(1), client, 10)
      const user = await register(store(), pool, 'ann')
      expect(await store().pools.delete(byAt(2), pool)).toBe('deleted')
      expect(await store().pools.delete(byAt(2), pool)).toBe('absent')
      expect(await store().pools.byUid(pool.uid)).toBeUndefined()
      expect(await store().pools.byId(pool.Id)).toBeUndefined()
      expect(await store().clients.byClientId(client.ClientId)).toBeUndefined()
      expect((await store().clients.list(pool.uid, { limit: 10 })).rows).toEqual([])
      expect(await store().users.byId(pool.uid, user.id)).toBeUndefined()
      expect(await store().users.byName(pool.uid, 'ann')).toBeUndefined()
      expect(await store().users.byIdAndOrigin(pool.uid, user.id, 'origin')).toBeUndefined()
      expect((await store().users.list(pool.uid, undefined, { limit: 10 })).rows).toEqual([])
      expect(await store().users.credential(pool.uid, user.id)).toBeUndefined()
    })

    it('deletes a pool once, and only in the state that the deletion was decided on', async () => {
      const region = `region-${unique()}`
      const old = samplePool({ region })
      expect(await store().pools.create(byAt(1), old, 1)).toBe('created')
      expect(await store().pools.update(byAt(2), { ...old, DeletionProtection: 'ACTIVE' })).toBe('updated')
      expect(await store().pools.delete(byAt(3), old)).toBe('version conflict')
      const pool = { ...old, version: 2, DeletionProtection: 'ACTIVE' } as const
      expect(await store().pools.byId(old.Id)).toEqual(pool)
      expect((await store().audit.list(old.uid, { limit: 10 })).rows.map((row) => row.outcome)).toEqual(['updated', 'created'])
      expect(await store().pools.create(byAt(3), samplePool({ region }), 1)).toBe('too many')
      expect(await race(50, () => store().pools.delete(byAt(3), pool))).toEqual({ deleted: 1, absent: 49 })
      expect(await store().pools.create(byAt(4), samplePool({ region }), 1)).toBe('created')
    })

    it('makes a pool anew under the same id without anything of the old one', async () => {
      const old = await createPool(store())
      const client = sampleClient(old)
      await store().clients.create(byAt(1), client, 10)
      await register(store(), old, 'ann')
      await store().pools.delete(byAt(2), old)
      const pool = await createPool(store(), { Id: old.Id })
      expect((await store().pools.byId(old.Id))?.uid).toBe(pool.uid)
      expect(await store().clients.byClientId(client.ClientId)).toBeUndefined()
      expect(await store().users.byName(pool.uid, 'ann')).toBeUndefined()
      const again = sampleClient(pool, { ClientId: client.ClientId })
      expect(await store().clients.create(byAt(3), again, 10)).toBe('created')
      expect(await store().clients.byClientId(client.ClientId)).toEqual({ client: again, pool })
      while (await store().maintenance.purge(byAt(4), 100)) expect(await store().clients.byClientId(client.ClientId)).toBeDefined()
      expect(await store().clients.byClientId(client.ClientId)).toEqual({ client: again, pool })
    })

    it('answers additions to a deleted pool as if they had come before the deletion', async () => {
      const pool = await createPool(store())
      await store().pools.delete(byAt(2), pool)
      const late = newUser(pool, 'late')
      expect(await store().users.register(byAt(3), late)).toBe('registered')
      expect(await store().users.byId(pool.uid, late.user.id)).toBeUndefined()
      expect(await store().clients.create(byAt(3), sampleClient(pool), 10)).toBe('created')
    })

    it('counts users', async () => {
      const pool = await createPool(store())
      expect(await store().pools.estimateUsers(pool.uid)).toBe(0)
      await register(store(), pool, 'ann')
      await register(store(), pool, 'ben')
      expect(await store().pools.estimateUsers(pool.uid)).toBe(2)
    })
  })
}
