import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { byAt, createPool, race, sampleClient, sampleResourceServer, unique, walk } from './samples.ts'

/** What every store does with app clients and resource servers. */
export const clientConformance = (store: () => Store): void => {
  describe('clients', () => {
    it('finds a client with its pool by the client id alone', async () => {
      const pool = await createPool(store())
      const client = sampleClient(pool, { secrets: [{ id: 's', createdAt: 1, sealed: 'AA==' }] })
      expect(await store().clients.create(byAt(1), client, 10)).toBe('created')
      expect(await store().clients.byClientId(client.ClientId)).toEqual({ client, pool })
      expect(await store().clients.byClientId('absent')).toBeUndefined()
    })

    it('shows the newest version of client and pool', async () => {
      const pool = await createPool(store())
      const client = sampleClient(pool)
      await store().clients.create(byAt(1), client, 10)
      await store().clients.byClientId(client.ClientId)
      await store().pools.update(byAt(2), { ...pool, Name: 'new' })
      expect((await store().clients.byClientId(client.ClientId))?.pool.Name).toBe('new')
      expect(await store().clients.update(byAt(2), { ...client, ClientName: 'new' })).toBe('updated')
      expect((await store().clients.byClientId(client.ClientId))?.client).toEqual({ ...client, version: 2, ClientName: 'new' })
      expect(await store().clients.update(byAt(2), client)).toBe('version conflict')
    })

    it('gives a client id to one client only, in whatever pool', async () => {
      const pools = [await createPool(store()), await createPool(store())]
      const ClientId = `shared${unique()}`
      const make = (n: number) => sampleClient(pools[n % 2] ?? expect.unreachable(), { ClientId })
      expect(await race(50, (n) => store().clients.create(byAt(1), make(n), 100))).toEqual({ created: 1, 'id taken': 49 })
    })

    it('holds the limit of a pool and answers a repeated creation with success', async () => {
      const pool = await createPool(store())
      expect(await race(50, () => store().clients.create(byAt(1), sampleClient(pool), 5))).toEqual({ created: 5, 'too many': 45 })
      const [client] = (await store().clients.list(pool.uid, { limit: 1 })).rows
      expect(client && (await store().clients.create(byAt(1), client, 6))).toBe('created')
      expect(client && (await store().clients.delete(byAt(1), client))).toBe('deleted')
      expect(client && (await store().clients.delete(byAt(1), client))).toBe('absent')
      expect(await store().clients.create(byAt(1), sampleClient(pool), 5)).toBe('created')
      expect(await store().clients.create(byAt(1), sampleClient(pool), 5)).toBe('too many')
    })

    it('lists the clients of one pool in pages', async () => {
      const pool = await createPool(store())
      const other = await createPool(store())
      const clients = Array.from({ length: 5 }, () => sampleClient(pool))
      for (const client of clients) await store().clients.create(byAt(1), client, 10)
      await store().clients.create(byAt(1), sampleClient(other), 10)
      const pages = await walk((after) => store().clients.list(pool.uid, { after, limit: 2 }))
      expect(pages.map((rows) => rows.length)).toEqual([2, 2, 1])
      expect(pages.flat()).toEqual(clients)
    })

    it('makes a client anew under the same id', async () => {
      const pool = await createPool(store())
      const old = sampleClient(pool)
      await store().clients.create(byAt(1), old, 10)
      await store().clients.delete(byAt(1), old)
      expect(await store().clients.byClientId(old.ClientId)).toBeUndefined()
      const again = sampleClient(pool, { ClientId: old.ClientId })
      expect(await store().clients.create(byAt(1), again, 10)).toBe('created')
      expect(await store().clients.update(byAt(2), { ...old, ClientName: 'ghost' })).toBe('version conflict')
      expect(await store().clients.delete(byAt(2), old)).toBe('absent')
      expect((await store().clients.byClientId(old.ClientId))?.client).toEqual(again)
    })
  })

  describe('resource servers', () => {
    it('are created once, found, changed, listed and deleted', async () => {
      const pool = await createPool(store())
      const server = sampleResourceServer(pool, 'https://orders.example')
      expect(await store().resourceServers.create(byAt(1), server, 3)).toBe('created')
      expect(await store().resourceServers.create(byAt(1), server, 3)).toBe('identifier taken')
      expect(await store().resourceServers.byIdentifier(pool.uid, server.Identifier)).toEqual(server)
      expect(await store().resourceServers.recentByIdentifier(pool.uid, server.Identifier)).toEqual(server)
      expect(await store().resourceServers.update(byAt(2), { ...server, Name: 'New' })).toBe('updated')
      expect((await store().resourceServers.recentByIdentifier(pool.uid, server.Identifier))?.Name).toBe('New')
      expect(await store().resourceServers.update(byAt(2), { ...server, Name: 'Newer' })).toBe('version conflict')
      for (const identifier of ['b', 'a']) await store().resourceServers.create(byAt(1), sampleResourceServer(pool, identifier), 3)
      expect(await store().resourceServers.create(byAt(1), sampleResourceServer(pool, 'c'), 3)).toBe('too many')
      const pages = await walk((after) => store().resourceServers.list(pool.uid, { after, limit: 2 }))
      expect(pages.map((rows) => rows.map((row) => row.Identifier))).toEqual([['a', 'b'], ['https://orders.example']])
      expect(await store().resourceServers.delete(byAt(2), pool.uid, 'a')).toBe('deleted')
      expect(await store().resourceServers.delete(byAt(2), pool.uid, 'a')).toBe('absent')
      expect(await store().resourceServers.byIdentifier(pool.uid, 'a')).toBeUndefined()
      expect(await store().resourceServers.recentByIdentifier(pool.uid, 'a')).toBeUndefined()
      expect(await store().resourceServers.create(byAt(1), sampleResourceServer(pool, 'c'), 3)).toBe('created')
    })
  })
}
