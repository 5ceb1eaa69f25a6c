import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createInlineCompute } from '../compute/inline-compute.ts'
import { loadedGroup, loadedUser } from '../domain/loaded-user.ts'
import { searchEntries } from '../domain/user-filter.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { loginNames } from '../domain/username.ts'
import { openKeyring } from '../keys/open-keyring.ts'
import { systemRandom } from '../random.ts'
import { byAt, createPool, sampleGroup } from './conformance/samples.ts'
import { type LoadOptions, loadUsers } from './load-users.ts'
import { openSqlite } from './open-sqlite.ts'
import { databaseFile } from './sqlite-folder.ts'
import type { Store } from './store.ts'

const root = mkdtempSync(join(tmpdir(), 'poolhouse-load-'))
afterAll(() => rmSync(root, { recursive: true }))

const quiet = { warn: () => undefined, error: () => undefined }
const open = (folder: string) =>
  openSqlite({
    folder,
    log: quiet,
    onFatal: (error) => {
      throw error
    },
  })

const optionsFor = async (store: Store, pool: UserPool, users: number): Promise<LoadOptions> => ({
  store,
  keyring: await openKeyring({ store, clock: systemClock, random: systemRandom, masterKeys: [Buffer.alloc(32, 1)], by: () => byAt(1) }),
  compute: createInlineCompute(systemRandom),
  random: systemRandom,
  by: byAt(1000),
  pool,
  users,
  groups: 3,
  groupUid: (name) => `uid of ${name}`,
  step: 10,
  rowsAtOnce: 70,
})

/** Every row about users that the pool has, but for what is sealed and drawn. */
const rowsOf = (folder: string, poolUid: string) => {
  const db = new DatabaseSync(databaseFile(folder), { readOnly: true })
  const all = (columns: string, table: string) =>
    db
      .prepare(`SELECT ${columns} FROM ${table} WHERE pool_uid = ? ORDER BY ${columns}`)
      .all(poolUid)
      .map((row) => ({ ...row }))
  const rows = {
    users: all('user_id, version, doc_schema, doc, owned', 'pool_user'),
    names: all('name_hash, user_id', 'login_name'),
    search: all('attribute, value, user_id, value_hash', 'user_search'),
    members: all('group_uid, user_id, group_name', 'group_member'),
    credentials: all('user_id', 'credential'),
  }
  db.close()
  return rows
}

/** Throws unless everybody in the pool has all that a user has, and nobody else is found. */
const requireWhole = async (store: Store, pool: UserPool): Promise<number> => {
  const { rows } = await store.users.list(pool.uid, undefined, { limit: 500 })
  for (const user of rows) {
    expect(await store.users.byName(pool.uid, user.username)).toEqual(user)
    expect(await store.users.credential(pool.uid, user.id)).toBeDefined()
  }
  for (const [attribute, value] of [
    ['username', 'load-'],
    ['email', 'load-'],
    ['name', 'a'],
  ] as const) {
    const found = await store.users.list(pool.uid, { attribute, op: '^=', value }, { limit: 500 })
    const those = rows.filter((user) => (user.attributes[attribute] ?? user.username).toLowerCase().startsWith(value))
    expect(found.rows.map(({ id }) => id).sort()).toEqual(those.map(({ id }) => id).sort())
  }
  return rows.length
}

const aliases: readonly Partial<UserPool>[] = [{}, { AliasAttributes: ['email', 'phone_number', 'preferred_username'] }]

describe('loadUsers', () => {
  it.each(aliases)('leaves what registering one after another leaves (pool with %o)', async (settings) => {
    const folder = join(root, JSON.stringify(settings).replaceAll(/\W/g, '_'))
    const store = await open(folder)
    const pool = await createPool(store, settings)
    const options = await optionsFor(store, pool, 250)
    expect(await loadUsers(options)).toBe(250)
    expect(await store.loads.find(pool.uid)).toEqual({ users: 250, step: 10 })
    // The same users once more, by the verbs of every day, after the pool's rows were put aside.
    const ids = (await store.users.list(pool.uid, undefined, { limit: 300 })).rows.map(({ id }) => id)
    const loaded = rowsOf(folder, pool.uid)
    for (const user of (await store.users.list(pool.uid, undefined, { limit: 300 })).rows) await store.users.delete(byAt(1), user)
    const emptied = rowsOf(folder, pool.uid)
    expect(Object.values(emptied).flat()).toEqual([])
    for (let index = 0; index < 3; index += 1) {
      const group = sampleGroup(pool, loadedGroup(index), { uid: `uid of ${loadedGroup(index)}` })
      await store.groups.create(byAt(1), group, 10)
    }
    for (const [index, id] of ids.entries()) {
      const user = { ...loadedUser(pool.uid, { from: 0, to: 250, seed: 0, step: 10, groups: 3 }, index, 1000), id }
      const stored = JSON.parse(String(loaded.users[index]?.['doc'])) as { generation: number }
      const same = { ...user, generation: stored.generation }
      const credential = { scheme: 'srp', salt: '00', sealedVerifier: '', setAt: 1 } as const
      await store.users.register(byAt(1), { user: same, names: loginNames(pool, same), search: searchEntries(same), credential })
      const group = await store.groups.byName(pool.uid, loadedGroup(index % 3))
      if (group !== undefined) await store.groups.addMember(byAt(1), group, id, 10)
    }
    const registered = rowsOf(folder, pool.uid)
    expect(loaded.users.length).toBe(250)
    expect(registered).toEqual(loaded)
    await store.close()
  })

  it('goes on where it was interrupted, wherever that was, and adds what is missing', async () => {
    const store = await open(':memory:')
    const pool = await createPool(store)
    const options = await optionsFor(store, pool, 100)
    const seen = new Set<number>()
    let broken = 0
    for (let rounds = 0; rounds < 60; rounds += 1) {
      let left = 1 + (rounds % 3)
      const failing: Store = {
        ...store,
        loads: {
          ...store.loads,
          put: async (by, chunk) => {
            if (left === 0) throw new Error('out of order')
            left -= 1
            return store.loads.put(by, chunk)
          },
        },
      }
      const outcome = await loadUsers({ ...options, store: failing }).catch((error: Error) => error.message)
      seen.add(await requireWhole(store, pool))
      if (outcome !== 'out of order') break
      broken += 1
    }
    expect(broken).toBeGreaterThan(5)
    expect(seen).toContain(0)
    expect(seen).toContain(100)
    expect(await store.loads.find(pool.uid)).toEqual({ users: 100, step: 10 })
    expect(await loadUsers(options)).toBe(0)
    expect(await loadUsers({ ...options, users: 180 })).toBe(80)
    const { rows } = await store.users.list(pool.uid, undefined, { limit: 500 })
    expect(rows.map(({ username }) => username).sort()).toEqual(
      Array.from({ length: 180 }, (_, index) => `load-${String(index).padStart(8, '0')}`),
    )
    const found = await store.users.list(pool.uid, { attribute: 'name', op: '^=', value: 'a' }, { limit: 500 })
    expect(found.rows.length).toBe(rows.filter(({ attributes }) => attributes['name']?.startsWith('A')).length)
    await store.close()
  })

  it('ends when the pool is deleted before it begins', async () => {
    const store = await open(':memory:')
    const pool = await createPool(store)
    const options = await optionsFor(store, pool, 100)
    await store.pools.delete(byAt(1), pool)
    await expect(loadUsers(options)).rejects.toThrow('the pool was deleted')
    await store.close()
  })

  it('says who has a name that a user is to get, and goes on without that user', async () => {
    const store = await open(':memory:')
    const pool = await createPool(store)
    const options = await optionsFor(store, pool, 100)
    const username = 'load-00000077'
    const user = { ...loadedUser(pool.uid, { from: 0, to: 100, seed: 0, step: 10, groups: 3 }, 77, 1000), id: 'somebody' }
    await store.users.register(byAt(1), { user, names: loginNames(pool, user), search: searchEntries(user) })
    const refused = expect.objectContaining({
      name: 'StorageError',
      message: expect.stringMatching(/^The user load-00000077 .* Delete that user/),
    })
    await expect(loadUsers(options)).rejects.toEqual(refused)
    await expect(loadUsers(options)).rejects.toEqual(refused)
    expect((await store.users.list(pool.uid, undefined, { limit: 5 })).rows.map((one) => one.username)).toEqual([username])
    await store.users.delete(byAt(1), user)
    expect(await loadUsers(options)).toBe(100)
    expect(await requireWhole(store, pool)).toBe(100)
    await store.close()
  })

  it('lets one of two loads at once write', async () => {
    const store = await open(':memory:')
    const pool = await createPool(store)
    const options = await optionsFor(store, pool, 100)
    const outcomes = await Promise.allSettled([loadUsers(options), loadUsers(options)])
    expect(outcomes.map(({ status }) => status)).toContain('rejected')
    await loadUsers(options)
    expect((await store.users.list(pool.uid, undefined, { limit: 500 })).rows).toHaveLength(100)
    await store.close()
  })
})
