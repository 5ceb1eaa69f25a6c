import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { byAt, createPool, register, sampleClient, sampleCode, sampleCredential, sampleGroup, sampleUser, unique, walk } from './samples.ts'

const tenMinutes = 600_000

/** What every store does with what is over, and with the trail of what was done. */
export const maintenanceConformance = (store: () => Store): void => {
  const purgeAll = async (at: number, limit = 500): Promise<number[]> => {
    const counts: number[] = []
    for (;;) {
      const count = await store().maintenance.purge(byAt(at), limit)
      if (count === 0) return counts
      counts.push(count)
    }
  }

  describe('maintenance.purge', () => {
    it('removes what has expired, in small steps, and nothing else', async () => {
      await purgeAll(1_000_000)
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann')
      const at = 2_000_000
      for (let n = 0; n < 25; n += 1) await store().spent.spend(byAt(at), pool.uid, `old ${n}`, at + 10)
      await store().spent.spend(byAt(at), pool.uid, 'young', at + 100)
      await store().revocations.revoke(byAt(at), pool.uid, 'old', at + 10)
      await store().codes.put(byAt(at), sampleCode(user, { expiresAt: at + 10 }))
      await store().attempts.fail(byAt(at), { poolUid: pool.uid, subject: 's', kind: 'k' }, 10)
      await store().quotas.take(byAt(at), { poolUid: pool.uid, subject: 's', kind: 'k' }, { limit: 1, window: 10 })
      expect(await purgeAll(at + 9)).toEqual([])
      const counts = await purgeAll(at + 10, 10)
      expect(Math.max(...counts)).toBeLessThanOrEqual(10)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(29)
      expect(await store().revocations.isRevoked(pool.uid, 'old')).toBe(false)
      expect(await store().codes.charge(byAt(at + 10), sampleCode(user), 3)).toBe('none')
      expect(await store().attempts.read(pool.uid, 's', 'k')).toBeUndefined()
      expect(await store().spent.spend(byAt(at + 10), pool.uid, 'young', at + 100)).toBe('again')
    })

    it('removes the rows of deleted pools and groups in chunks, and then comes to rest', async () => {
      const [pool, other] = [await createPool(store()), await createPool(store())]
      const group = sampleGroup(pool, 'team')
      await store().groups.create(byAt(1), group, 10)
      for (let n = 0; n < 5; n += 1) await store().clients.create(byAt(1), sampleClient(pool), 10)
      for (let n = 0; n < 8; n += 1) {
        const user = await register(store(), pool, `u${n}`, { credential: sampleCredential('s') })
        await store().groups.addMember(byAt(1), group, user.id, 10)
      }
      const kept = await register(store(), other, 'u0', { credential: sampleCredential('s') })
      const survivor = sampleGroup(pool, 'rest')
      await store().groups.create(byAt(1), survivor, 10)
      await purgeAll(3_000_000)

      await store().groups.delete(byAt(3_000_000), group)
      expect(await purgeAll(3_000_000, 3)).toEqual([3, 3, 2])
      await store().pools.delete(byAt(3_000_000), pool)
      const counts = await purgeAll(3_000_000, 10)
      expect(Math.max(...counts)).toBeLessThanOrEqual(10)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(5 * 2 + 8 * 4 + 1)
      expect(await purgeAll(3_000_000 + tenMinutes)).toEqual([])
      expect(await purgeAll(3_000_000 + tenMinutes)).toEqual([])
      expect(await store().users.byName(other.uid, 'u0')).toEqual(kept)
      expect(await store().users.credential(other.uid, kept.id)).toBeDefined()
    })
  })

  describe('maintenance.purge of what users have', () => {
    const at = 4_000_000

    it('keeps events for two years and sessions for their time, and takes all of a deleted pool', async () => {
      const day = 86_400_000
      const [pool, other] = [await createPool(store()), await createPool(store())]
      const [user, neighbour] = [await register(store(), pool, 'ann'), await register(store(), other, 'ben')]
      await purgeAll(at)
      const eventFor = ({ poolUid, id }: typeof user) => ({ poolUid, userId: id, EventId: `e-${id}`, CreationDate: at, trace: {} })
      const sessionFor = ({ poolUid, id }: typeof user) => {
        const times = { createdAt: at, lastUsedAt: at, expiresAt: at + day }
        return { poolUid, userId: id, id: `tkn-${id}`, originId: `origin-${id}`, clientId: 'c', ...times }
      }
      for (const one of [user, neighbour]) {
        await store().authEvents.add(byAt(at), eventFor(one))
        await store().userSessions.open(byAt(at), sessionFor(one), 5)
        const family = { poolUid: one.poolUid, familyId: 'f', serial: 0, grace: 0, expiresAt: at + day }
        await store().refreshFamilies.rotate(byAt(at), family)
      }
      const found = async ({ poolUid, id }: typeof user) => [
        (await store().userSessions.byId(poolUid, id, `tkn-${id}`)) !== undefined,
        (await store().authEvents.byId(poolUid, id, `e-${id}`)) !== undefined,
      ]
      await store().pools.delete(byAt(at), pool)
      await purgeAll(at)
      expect(await found(user)).toEqual([false, false])
      await purgeAll(at + day - 1)
      expect(await found(neighbour)).toEqual([true, true])
      await purgeAll(at + day)
      expect(await found(neighbour)).toEqual([false, true])
      await purgeAll(at + 730 * day - 1)
      expect(await found(neighbour)).toEqual([false, true])
      await purgeAll(at + 730 * day)
      expect(await found(neighbour)).toEqual([false, false])
      // The family is forgotten too: its first token is the newest again.
      const family = { poolUid: other.uid, familyId: 'f', serial: 0, grace: 0, expiresAt: at }
      expect(await store().refreshFamilies.rotate(byAt(at), family)).toEqual({ serial: 1 })
    })
  })

  describe('audit', () => {
    it('tells who wrote what, newest first', async () => {
      const pool = await createPool(store())
      const by = { actor: 'arn:aws:iam::1:user/x', requestId: 'r-1', action: 'AdminCreateUser', at: 2000 }
      const user = sampleUser(pool, 'ann')
      await store().users.register(by, { user, names: [], search: [] })
      const { rows } = await store().audit.list(pool.uid, { limit: 10 })
      expect(rows.map((row) => row.action)).toEqual(['AdminCreateUser', 'Conformance'])
      expect(rows[0]).toMatchObject({ ...by, poolUid: pool.uid, subject: user.id, outcome: 'registered' })
    })

    it('has a row for every write, also for equal ones at the same time', async () => {
      const poolUid = `pool-${unique()}`
      const by = byAt(2000)
      const writes = Array.from({ length: 50 }, () => store().attempts.fail(by, { poolUid, subject: 's', kind: 'k' }, 1000))
      await Promise.all(writes)
      await store().attempts.fail(byAt(3000), { poolUid, subject: 's', kind: 'k' }, 5000)
      const pages = await walk((after) => store().audit.list(poolUid, { after, limit: 7 }))
      expect(pages.map((rows) => rows.length)).toEqual([7, 7, 7, 7, 7, 7, 7, 2])
      expect(new Set(pages.flat().map((row) => row.id)).size).toBe(51)
      expect(pages[0]?.[0]?.at).toBe(3000)
    })

    it('knows the address, and forgets everything after 400 days', async () => {
      const day = 86_400_000
      const poolUid = `pool-${unique()}`
      const fail = (at: number, ip?: string) => store().attempts.fail({ ...byAt(at), ip }, { poolUid, subject: 's', kind: 'k' }, 1)
      await fail(day, '192.0.2.7')
      await fail(2 * day)
      const addresses = async () => (await store().audit.list(poolUid, { limit: 10 })).rows.map(({ ip }) => ip)
      expect(await addresses()).toEqual([undefined, '192.0.2.7'])
      while ((await store().maintenance.purge(byAt(401 * day), 500)) > 0);
      expect(await addresses()).toEqual([undefined])
    })

    it('has none for what was refused', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann')
      const before = (await store().audit.list(pool.uid, { limit: 50 })).rows.length
      await store().users.save(byAt(2), { user: { ...user, version: 7 } })
      await store().users.register(byAt(2), { user: sampleUser(pool, 'x'), names: [{ kind: 'username', name: 'ann' }], search: [] })
      expect((await store().audit.list(pool.uid, { limit: 50 })).rows).toHaveLength(before)
    })
  })

  describe('maintenance.dropSessions', () => {
    it('removes what people are in the middle of, in small steps, and nothing else', async () => {
      while ((await store().maintenance.dropSessions(byAt(1), 500)) > 0);
      const pool = await createPool(store())
      const users = [await register(store(), pool, 'ann'), await register(store(), pool, 'bob')]
      const [poolUid, expiresAt] = [pool.uid, 9_000_000_000_000]
      for (const user of users) {
        await store().codes.put(byAt(1), sampleCode(user, { expiresAt }))
        const session = { poolUid, userId: user.id, id: 's', originId: 'o', clientId: 'c', createdAt: 1, lastUsedAt: 1, expiresAt }
        await store().userSessions.open(byAt(1), session, 5)
        await store().challengeStates.put(byAt(1), { poolUid, id: user.id, sealed: 'x', expiresAt })
        await store().refreshFamilies.rotate(byAt(1), { poolUid, familyId: user.id, serial: 0, grace: 0, expiresAt })
        await store().authorizationCodes.put(byAt(1), { poolUid, codeHash: user.id, sealed: 'x', expiresAt })
        const operator = { hash: user.id, name: 'olga', uid: 'o', generation: 0, createdAt: 1, usedAt: 1, expiresAt }
        await store().operatorSessions.open(byAt(1), operator)
        await store().attempts.fail(byAt(1), { poolUid, subject: user.id, kind: 'k' }, expiresAt)
        await store().revocations.revoke(byAt(1), poolUid, user.id, expiresAt)
      }
      const counts: number[] = []
      for (let count = 1; count > 0; counts.push(count)) count = await store().maintenance.dropSessions(byAt(1), 5)
      expect(counts).toEqual([5, 5, 2, 0])
      for (const { id } of users) {
        expect(await store().codes.charge(byAt(1), { poolUid, userId: id, purpose: 'SignUp' }, 3)).toBe('none')
        expect(await store().userSessions.byId(poolUid, id, 's')).toBeUndefined()
        expect(await store().challengeStates.get(poolUid, id)).toBeUndefined()
        expect(await store().refreshFamilies.newest(poolUid, id)).toBe(0)
        expect(await store().authorizationCodes.get(poolUid, id)).toBeUndefined()
        expect(await store().operatorSessions.byHash(id)).toBeUndefined()
        expect((await store().attempts.read(poolUid, id, 'k'))?.failures).toBe(1)
        expect(await store().revocations.isRevoked(poolUid, id)).toBe(true)
        expect(await store().users.byId(poolUid, id)).toBeDefined()
      }
    })
  })

  describe('maintenance.wipe', () => {
    it('empties the store but for facts and keys, so that equal ids mean new things', async () => {
      const pool = await createPool(store())
      const client = sampleClient(pool)
      await store().clients.create(byAt(1), client, 10)
      const user = await register(store(), pool, 'ann')
      await store().clients.byClientId(client.ClientId)
      await store().meta.set(byAt(1), 'fact', 'stays')
      const times = { createdAt: 1, lastUsedAt: 1, expiresAt: 9_000_000_000 }
      const session = { poolUid: pool.uid, userId: user.id, id: 'tkn', originId: 'o', clientId: 'c', ...times }
      await store().userSessions.open(byAt(1), session, 5)
      await store().challengeStates.put(byAt(1), { poolUid: pool.uid, id: 'state', sealed: 'x', expiresAt: 9_000_000_000 })
      await store().maintenance.wipe(byAt(2))
      expect(await store().userSessions.byId(pool.uid, user.id, 'tkn')).toBeUndefined()
      expect(await store().challengeStates.get(pool.uid, 'state')).toBeUndefined()
      expect((await store().pools.list(undefined, { limit: 10 })).rows).toEqual([])
      expect(await store().pools.byId(pool.Id)).toBeUndefined()
      expect(await store().clients.byClientId(client.ClientId)).toBeUndefined()
      expect(await store().meta.get('fact')).toBe('stays')
      const again = { ...pool, Name: 'again' }
      expect(await store().pools.create(byAt(3), again, 1)).toBe('created')
      expect(await store().pools.byId(pool.Id)).toEqual(again)
      expect(await store().users.byId(pool.uid, user.id)).toBeUndefined()
      expect(await store().clients.create(byAt(3), client, 1)).toBe('created')
      expect((await store().clients.byClientId(client.ClientId))?.pool.Name).toBe('again')
    })
  })
}
