import { describe, expect, it } from 'vitest'
import { withDomain, withoutDomain } from '../../domain/pool-domain.ts'
import type { PoolDomain, UserPool } from '../../domain/user-pool.ts'
import type { Store } from '../store.ts'
import { byAt, createPool, race, sampleDomain } from './samples.ts'

/** What every store does with domains. */
export const domainConformance = (store: () => Store): void => {
  const create = (pool: UserPool, domain: PoolDomain) => store().domains.create(byAt(1), withDomain(pool, domain), domain)
  const remove = (pool: UserPool, domain: PoolDomain) => store().domains.delete(byAt(2), withoutDomain(pool, domain), domain)
  const stored = async (pool: UserPool) => (await store().pools.byUid(pool.uid)) ?? expect.unreachable()

  describe('domains', () => {
    it('are found by name with their pool, which has them, until they are deleted', async () => {
      const pool = await createPool(store())
      const domain = sampleDomain()
      expect(await store().domains.byName(domain.Domain)).toBeUndefined()
      expect(await create(pool, domain)).toBe('created')
      const saved = { ...pool, version: 2, domains: [domain] }
      expect(await stored(pool)).toEqual(saved)
      expect(await store().domains.byName(domain.Domain)).toEqual({ domain, pool: saved })
      const changed = { ...domain, ManagedLoginVersion: 2 }
      await store().pools.update(byAt(2), withDomain(saved, changed))
      expect((await store().domains.byName(domain.Domain))?.domain).toEqual(changed)
      expect(await remove(await stored(pool), domain)).toBe('deleted')
      expect(await store().domains.byName(domain.Domain)).toBeUndefined()
      expect((await stored(pool)).domains).toEqual([])
      const outcomes = (await store().audit.list(pool.uid, { limit: 10 })).rows.map(({ outcome, subject }) => [outcome, subject])
      expect(outcomes).toContainEqual(['created', domain.uid])
      expect(outcomes).toContainEqual(['deleted', domain.uid])
    })

    it('have a name that one pool has only, and leave no trace in the pool that came second', async () => {
      const pools = [await createPool(store()), await createPool(store())]
      const { Domain } = sampleDomain()
      const make = (n: number) => create(pools[n % 2] ?? expect.unreachable(), sampleDomain({ Domain }))
      const results = await race(20, make)
      expect(results).toEqual({ created: 1, 'domain taken': 19 })
      const found = (await store().domains.byName(Domain)) ?? expect.unreachable()
      const other = pools.find(({ uid }) => uid !== found.pool.uid) ?? expect.unreachable()
      expect(await stored(other)).toEqual(other)
    })

    it('are made and deleted only in the state of the pool that was read, and a creation that comes again is success', async () => {
      const pool = await createPool(store())
      const [domain, late] = [sampleDomain(), sampleDomain()]
      expect(await create(pool, domain)).toBe('created')
      expect(await create(pool, domain)).toBe('created')
      expect(await create(pool, late)).toBe('version conflict')
      expect(await store().domains.byName(late.Domain)).toBeUndefined()
      expect(await remove(pool, domain)).toBe('version conflict')
      expect((await store().domains.byName(domain.Domain))?.domain).toEqual(domain)
      expect(await store().pools.delete(byAt(2), pool)).toBe('version conflict')
      expect(await create(await stored(pool), late)).toBe('created')
      expect((await stored(pool)).domains).toEqual([domain, late])
    })

    it('are free again once their pool is deleted, and the purge leaves a name that was taken anew', async () => {
      const [old, pool] = [await createPool(store()), await createPool(store())]
      const [domain, unused] = [sampleDomain(), sampleDomain()]
      await create(old, domain)
      await create(await stored(old), unused)
      await store().pools.delete(byAt(2), await stored(old))
      expect(await store().domains.byName(domain.Domain)).toBeUndefined()
      expect(await create(old, sampleDomain())).toBe('version conflict')
      const again = sampleDomain({ Domain: domain.Domain })
      expect(await create(pool, again)).toBe('created')
      while ((await store().maintenance.purge(byAt(4), 100)) > 0);
      expect((await store().domains.byName(domain.Domain))?.domain).toEqual(again)
      expect(await store().domains.byName(unused.Domain)).toBeUndefined()
      const next = await createPool(store())
      expect(await create(next, sampleDomain({ Domain: unused.Domain }))).toBe('created')
    })
  })
}
