import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresNote, startPostgres, type TestPostgres } from '../../tests/support/start-postgres.ts'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import {
  byAt,
  createPool,
  register,
  sampleClient,
  sampleCode,
  sampleDevice,
  sampleGroup,
  sampleTerms,
  unique,
} from './conformance/samples.ts'
import { openPostgres } from './open-postgres.ts'
import { postgresStatement } from './postgres-statement.ts'
import { verbNamed } from './sql/call.ts'
import { authEventsKept } from './sql/purge-expired.ts'
import type { SqlValue, Tx } from './sql/tx.ts'
import { Undo } from './sql/undo.ts'
import type { Store } from './store.ts'

let server: TestPostgres
let url = ''
let store: Store

beforeAll(async () => {
  if (postgresNote !== '') return
  server = await startPostgres()
  url = await server.createDatabase()
  store = await openPostgres({ url, clock: systemClock, random: systemRandom })
})
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

const int8 = 20
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')),
} as unknown as pg.CustomTypesConfig

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const ask = (sql: string) => server.query(sql, url.split('/').at(-1))
/** Whether a transaction waits for the end of another one. */
const isSomebodyWaiting = async () => (await ask(`SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`)).length > 0

/** Another node that stops within a verb: `meanwhile` runs after the first statement that has the text in it. */
const interrupted = async (group: string, verb: string, args: readonly unknown[], after: string, meanwhile: () => Promise<unknown>) => {
  const client = new pg.Client({ connectionString: url, types })
  await client.connect()
  let serial = 0
  let other: Promise<unknown> | undefined
  const run = async (sql: string, values: readonly SqlValue[]) => {
    const result = await client.query(postgresStatement(sql).text, [...values])
    if (other === undefined && sql.includes(after)) {
      let isOver = false
      other = meanwhile().finally(() => {
        isOver = true
      })
      while (!isOver && !(await isSomebodyWaiting())) await pause(10)
    }
    return result
  }
  const tx: Tx = {
    get: async <T>(sql: string, ...values: readonly SqlValue[]) => (await run(sql, values)).rows[0] as T | undefined,
    all: async <T>(sql: string, ...values: readonly SqlValue[]) => (await run(sql, values)).rows as T[],
    run: async (sql, ...values) => (await run(sql, values)).rowCount ?? 0,
    serial: () => serial++,
  }
  await client.query('BEGIN')
  const value = await verbNamed(group, verb).run(tx, ...args)
  await client.query(value instanceof Undo ? 'ROLLBACK' : 'COMMIT')
  await client.end()
  if (other === undefined) throw new Error(`no statement has the text ${after}`)
  return { value, other: await other }
}

const purge = async () => {
  while ((await store.maintenance.purge(byAt(9_000_000_000), 500)) > 0);
}

describe.skipIf(postgresNote !== '')(`two nodes on PostgreSQL, one within a verb of the other${postgresNote}`, () => {
  it('keep a row that is renewed while the other removes what has expired', async () => {
    const user = await register(store, await createPool(store), 'renewed')
    await store.codes.put(byAt(1), sampleCode(user, { id: 'old', expiresAt: 1000 }))
    const fresh = sampleCode(user, { id: 'new', expiresAt: 9_000_000 })
    await interrupted('codes', 'put', [byAt(2000), fresh], 'INSERT INTO code', () => store.maintenance.purge(byAt(2000), 500))
    const charged = await store.codes.charge(byAt(2001), { poolUid: user.poolUid, userId: user.id, purpose: fresh.purpose }, 3)
    expect(charged).toMatchObject({ id: 'new' })
  })

  it('leave nothing of a user who is deleted while the other adds to it', async () => {
    const user = await register(store, await createPool(store), 'deleted')
    const device = { poolUid: user.poolUid, userId: user.id, key: `device-${unique()}`, version: 1 }
    await interrupted('devices', 'create', [byAt(1), device, 10], 'pool_user u', () => store.users.delete(byAt(2), user))
    await purge()
    expect(await store.users.byId(user.poolUid, user.id)).toBeUndefined()
    const left = await ask(`SELECT device_key FROM device WHERE user_id = '${user.id}'`)
    const counted = await ask(`SELECT kind FROM tally WHERE kind = 'devices:${user.id}'`)
    expect([left, counted]).toEqual([[], []])
  })

  it('leave no member who is deleted while the other adds him to a group', async () => {
    const pool = await createPool(store)
    const user = await register(store, pool, 'member')
    const group = sampleGroup(pool, 'team')
    await store.groups.create(byAt(1), group, 10)
    await interrupted('groups', 'addMember', [byAt(1), group, user.id, 10], 'INTO group_member', () => store.users.delete(byAt(2), user))
    const left = await ask(`SELECT user_id FROM group_member WHERE user_id = '${user.id}'`)
    const turns = await ask(`SELECT kind FROM tally WHERE kind = 'memberships:${user.id}'`)
    expect([left, turns]).toEqual([[], []])
  })

  it('leave no terms of a client that is deleted while the other renames them', async () => {
    const pool = await createPool(store)
    const client = sampleClient(pool)
    await store.clients.create(byAt(1), client, 10)
    const terms = sampleTerms(client, 'terms-of-use')
    expect(await store.terms.create(byAt(1), terms, 10)).toBe('created')
    const renamed = { ...terms, TermsName: 'privacy-policy' }
    await interrupted('terms', 'update', [byAt(2), renamed], 'INSERT INTO terms', () => store.clients.delete(byAt(3), client))
    expect(await ask(`SELECT name FROM terms WHERE client_uid = '${client.uid}'`)).toEqual([])
    expect(await store.terms.update(byAt(4), { ...terms, TermsName: 'terms-of-use-2' })).toBe('version conflict')
  })

  it('leave no logo of a look that is removed while the other sets it', async () => {
    const { uid: poolUid } = await createPool(store)
    const look = { poolUid, holder: 'ALL', createdAt: 1, modifiedAt: 1 }
    await store.uiCustomizations.put(byAt(1), look, undefined)
    const logo = Buffer.from('logo')
    const remove = () => store.uiCustomizations.remove(byAt(3), poolUid, 'ALL')
    const { other } = await interrupted('uiCustomizations', 'put', [byAt(2), look, logo], 'INTO branding_asset', remove)
    expect(other).toBe('removed')
    expect(await store.uiCustomizations.image(poolUid, 'ALL')).toBeUndefined()
  })

  it('let no device come back that the other is forgetting', async () => {
    const user = await register(store, await createPool(store), 'forgetful')
    const device = sampleDevice(user)
    await store.devices.create(byAt(1), device, 10)
    const back = () => store.devices.create(byAt(3), device, 10)
    const { other } = await interrupted('devices', 'forget', [byAt(2), device, 9_000_000_000], 'DELETE FROM device', back)
    expect(other).toBe('forgotten')
    expect(await store.devices.byKey(user.poolUid, user.id, device.key)).toBeUndefined()
    expect(await ask(`SELECT n FROM tally WHERE kind = 'devices:${user.id}'`)).toEqual([{ n: '0' }])
  })

  const addEvents = (poolUid: string, userId: string, count: number, { at = 1, name = 'event' } = {}) =>
    ask(`INSERT INTO auth_event SELECT '${poolUid}', '${userId}', '${name}' || i, ${at}, 0, '{}' FROM generate_series(1, ${count}) i`)
  const eventsOf = async (userId: string) => (await ask(`SELECT event_id FROM auth_event WHERE user_id = '${userId}'`)).length
  const jobsOf = async (poolUid: string) => (await ask(`SELECT kind FROM purge_job WHERE pool_uid = '${poolUid}'`)).length

  it('end no purge while rows are left that the other was not removing', { timeout: 60_000 }, async () => {
    const user = await register(store, await createPool(store), 'purged')
    await addEvents(user.poolUid, user.id, 1500)
    await store.users.delete(byAt(2), user)
    const late = byAt(1_000_000)
    const { other } = await interrupted('maintenance', 'purge', [late, 500], 'FROM auth_event WHERE pool_uid', () =>
      store.maintenance.purge(late, 500),
    )
    expect([0, 500]).toContain(other)
    await purge()
    expect([await eventsOf(user.id), await jobsOf(user.poolUid)]).toEqual([0, 0])
  })

  it('note the rest of a deleted user’s history also where a sweep was removing its beginning', async () => {
    const user = await register(store, await createPool(store), 'old')
    await addEvents(user.poolUid, user.id, 100, { name: 'aged' })
    await addEvents(user.poolUid, user.id, 500, { name: 'young', at: authEventsKept })
    const now = byAt(authEventsKept + 1)
    await interrupted('maintenance', 'purge', [now, 500], 'DELETE FROM auth_event', () => store.users.delete(byAt(2), user))
    await purge()
    expect([await eventsOf(user.id), await jobsOf(user.poolUid)]).toEqual([0, 0])
  })

  it('leave nothing of a pool, a group and a user when three of them sweep at once', { timeout: 60_000 }, async () => {
    const nodes = [store, await openPostgres({ url, clock: systemClock, random: systemRandom })]
    nodes.push(await openPostgres({ url, clock: systemClock, random: systemRandom }))
    const [gone, kept] = [await createPool(store), await createPool(store)]
    const user = await register(store, kept, 'historic')
    const group = sampleGroup(kept, 'crowd')
    await store.groups.create(byAt(1), group, 10)
    await addEvents(kept.uid, user.id, 1700)
    await addEvents(gone.uid, unique(), 2600)
    for (let n = 0; n < 20; n += 1) await store.clients.create(byAt(1), sampleClient(gone), 20)
    await ask(`INSERT INTO group_member SELECT '${kept.uid}', '${group.uid}', 'u' || i, 'crowd' FROM generate_series(1, 1600) i`)
    await ask(`INSERT INTO login_name SELECT '${gone.uid}', 'name-' || i, 'u' || i FROM generate_series(1, 1600) i`)
    await store.users.delete(byAt(2), user)
    await store.groups.delete(byAt(2), group)
    await store.pools.delete(byAt(2), gone)
    const sweep = async (node: Store, at: number) => {
      while ((await node.maintenance.purge(byAt(at), 500)) > 0);
    }
    for (const at of [2, 30_000, 700_000, 1_300_000]) await Promise.all(nodes.map((node) => sweep(node, at)))
    const tables = ['auth_event', 'group_member', 'login_name', 'app_client', 'app_client_name', 'purge_job']
    const left = await Promise.all(tables.map((table) => ask(`SELECT 1 FROM ${table} WHERE pool_uid IN ('${gone.uid}', '${kept.uid}')`)))
    expect(Object.fromEntries(left.map((rows, n) => [tables[n], rows.length]))).toEqual(Object.fromEntries(tables.map((t) => [t, 0])))
    for (const node of nodes.slice(1)) await node.close()
  })
})
