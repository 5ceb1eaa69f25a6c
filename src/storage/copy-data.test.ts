import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresNote, postgresPrograms, startPostgres, type TestPostgres } from '../../tests/support/start-postgres.ts'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import { silentLog } from '../server/log.ts'
import { byAt } from './conformance/samples.ts'
import { type CopyProgress, copyData } from './copy-data.ts'
import type { DataPlace } from './data-place.ts'
import { openPostgres } from './open-postgres.ts'
import { openPostgresPlace } from './open-postgres-place.ts'
import { openSqlite } from './open-sqlite.ts'
import { openSqlitePlace } from './open-sqlite-place.ts'
import { readTable, type TableRow } from './read-table.ts'
import { tableStatements } from './table-statements.ts'

const fail = (error: unknown) => {
  throw error
}

let root: string
let server: TestPostgres | undefined
let count = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'poolhouse-copy-'))
  if (postgresPrograms.length > 0) server = await startPostgres()
})
afterAll(async () => {
  await server?.stop()
  await rm(root, { recursive: true, force: true })
})

type Engine = 'sqlite' | 'postgres'

/** Where a new database may be, and how it is opened as a whole and as a store. */
const newData = async (engine: Engine) => {
  count += 1
  const folder = join(root, String(count))
  const options = { clock: systemClock, random: systemRandom }
  if (engine === 'sqlite')
    return {
      place: () => openSqlitePlace({ folder, use: existsSync(join(folder, 'poolhouse.db')) ? 'write' : 'make', log: silentLog }),
      open: () => openSqlite({ folder, onFatal: fail, log: silentLog }),
    }
  const url = (await server?.createDatabase()) ?? ''
  return { place: () => openPostgresPlace({ url, ...options }), open: () => openPostgres({ url, ...options }) }
}
type Data = Awaited<ReturnType<typeof newData>>

// Orders that differ from that of bytes in most collations, and texts that want care.
const texts = ['a', 'B', 'ä', 'z', 'Z', '_', '-', '10', '9', 'é', 'e\u0301', "it's", '"', '\\', '\n', '😀', '\uffee', ' ', 'x'.repeat(300)]

const within = async <T>(data: Data, work: (place: DataPlace) => Promise<T>): Promise<T> => {
  const place = data.place()
  try {
    return await work(place)
  } finally {
    await place.close()
  }
}

const inUniqueIndex = ['id', 'branding_id', 'name']

/** Rows in every table, many in one, and large ones in another. */
const fill = (data: Data) =>
  within(data, async (place) => {
    await place.migrate()
    await place.write(async (tx) => {
      for (const { shape, insert } of tableStatements) {
        const rows = shape.name === 'user_search' ? 1234 : 25
        for (let n = 0; n < rows; n += 1) {
          const large = shape.name === 'branding_asset' && n < 3 ? 'y'.repeat(700_000) : ''
          const row = shape.columns.map(({ name, type }, at) => {
            if (name === 'granted_until' && n % 2) return null
            // The last key column counts, so that no two rows meet.
            if (type === 'BIGINT') return name === shape.key.at(-1) ? n : (n * 1_700_000_000_123) % 2 ** 52
            const text = texts[(n * 7 + at) % texts.length] ?? ''
            if (name === shape.key.at(-1) || inUniqueIndex.includes(name)) return `${text}${n}`
            return name === 'content' ? text + large : text
          })
          await tx.run(insert(1), ...row)
        }
      }
      const key = tableStatements.find(({ shape }) => shape.name === 'data_key')
      await tx.run(key?.insert(1) ?? '', 'server', 'secrets', 0, `sentinel-${count}`, 'm1', 'AA==', 1)
    })
  })

const contents = (data: Data): Promise<Record<string, TableRow[]>> =>
  within(data, async (place) => {
    const found: Record<string, TableRow[]> = {}
    for (const statements of tableStatements) {
      const rows: TableRow[] = []
      for await (const chunk of readTable(place, statements)) {
        expect(chunk.length).toBeLessThanOrEqual(500)
        rows.push(...chunk)
      }
      found[statements.shape.name] = rows
    }
    return found
  })

const copy = (from: Data, to: Data, progress: (progress: CopyProgress) => void = () => undefined, keepSessions = true) =>
  within(from, (source) => within(to, (target) => copyData({ from: source, to: target, keepSessions, by: byAt(1), progress })))

const engines: readonly (readonly [Engine, Engine])[] = [
  ['sqlite', 'sqlite'],
  ['sqlite', 'postgres'],
  ['postgres', 'sqlite'],
  ['postgres', 'postgres'],
]

describe.each(engines)('a copy from %s to %s', (...pair) => {
  const skipped = pair.includes('postgres') && postgresNote !== ''

  it.skipIf(skipped)(`takes every row of every table along, as it is${postgresNote}`, async () => {
    const [from, to] = [await newData(pair[0]), await newData(pair[1])]
    await fill(from)
    const seen: CopyProgress[] = []
    const facts = await copy(from, to, (progress) => seen.push(progress))
    const [there, here] = [await contents(from), await contents(to)]
    expect(Object.keys(there).length).toBeGreaterThanOrEqual(40)
    expect(there['user_search']?.length).toBe(1234)
    expect(here).toEqual({ ...there, lease: [] })
    expect(facts).toEqual({
      rows: Object.values({ ...there, lease: [] }).flat().length,
      tables: Object.keys(there).length - 1,
      resumed: false,
    })
    expect(seen.at(-1)).toEqual({ phase: 'check', table: expect.any(String), done: 2 * facts.rows, total: 2 * facts.rows })
    await (await to.open()).close()
  })

  it.skipIf(skipped)(`goes on where it was interrupted, opens for nobody until then, and does nothing twice${postgresNote}`, async () => {
    const [from, to] = [await newData(pair[0]), await newData(pair[1])]
    await fill(from)
    let steps = 0
    for (let stops = 1; ; stops += 1) {
      const run = copy(from, to, ({ phase }) => {
        steps += 1
        if (steps % 20 === 0 && phase === 'copy') throw new Error('interrupted')
      })
      const facts = await run.catch(() => undefined)
      if (facts !== undefined) {
        expect(facts.resumed).toBe(true)
        expect(stops).toBeGreaterThan(3)
        break
      }
      await expect(to.open()).rejects.toThrow(/holds a copy that is not complete: run the same `poolhouse copy` again/)
    }
    expect(await contents(to)).toEqual({ ...(await contents(from)), lease: [] })
  })
})

const noticed = async (): Promise<{ from: Data; to: Data }> => {
  const [from, to] = [await newData('sqlite'), await newData('sqlite')]
  await fill(from)
  await copy(from, to, ({ table }) => {
    if (table === 'user_search') throw new Error('interrupted')
  }).catch(() => undefined)
  return { from, to }
}

describe('a copy', () => {
  it('begins a new epoch in its target, and leaves the source alone', async () => {
    const [from, to] = [await newData('sqlite'), await newData('sqlite')]
    const store = await from.open()
    const key = { poolUid: 'p', masterKeyId: 'm', wrapped: 'AA==', createdAt: 1 }
    await store.dataKeys.putIfAbsent(byAt(1), { ...key, id: 'k1', poolUid: 'server', purpose: 'secrets' })
    await store.dataKeys.putIfAbsent(byAt(1), { ...key, id: 'k2', purpose: 'refresh' })
    await store.challengeStates.put(byAt(1), { poolUid: 'p', id: 'c', sealed: 'x', expiresAt: 9e15 })
    await store.close()
    await copy(from, to, undefined, false)
    for (const [data, expected] of [
      [from, [undefined, true, true]],
      [to, ['1', false, false]],
    ] as const) {
      const opened = await data.open()
      const facts = [
        await opened.meta.get('epoch'),
        (await opened.dataKeys.byId('k2')) !== undefined,
        (await opened.challengeStates.get('p', 'c')) !== undefined,
      ]
      expect(facts).toEqual(expected)
      expect(await opened.dataKeys.byId('k1')).toBeDefined()
      await opened.close()
    }
  })

  it('that was interrupted after its comparison, at whatever write, is brought to its end', async () => {
    const [from, to] = [await newData('sqlite'), await newData('sqlite')]
    const store = await from.open()
    const key = { poolUid: 'server', masterKeyId: 'm', wrapped: 'AA==', createdAt: 1 }
    await store.dataKeys.putIfAbsent(byAt(1), { ...key, id: 'k1', purpose: 'secrets' })
    await store.dataKeys.putIfAbsent(byAt(1), { ...key, id: 'k2', purpose: 'sessions' })
    await store.close()
    let checked = false
    const run = (failing: boolean) =>
      within(from, (source) =>
        within(to, (target) => {
          const write: DataPlace['write'] = async (work) => {
            const value = await target.write(work)
            // The comparison has been written down; what comes next is the new epoch.
            if (failing && checked) throw new Error('interrupted')
            return value
          }
          const progress = ({ phase }: CopyProgress) => {
            checked = phase === 'check'
          }
          return copyData({ from: source, to: { ...target, write }, keepSessions: false, by: byAt(1), progress })
        }),
      )
    await expect(run(true)).rejects.toThrow('interrupted')
    await expect(to.open()).rejects.toThrow(/not complete/)
    checked = false
    expect(await run(false)).toMatchObject({ resumed: true })
    // Once done, it is not compared again: a new epoch has made the two differ.
    expect(checked).toBe(false)
    const opened = await to.open()
    expect([await opened.dataKeys.byId('k2'), await opened.meta.get('epoch')]).toEqual([undefined, '1'])
    await opened.close()
  })

  it('refuses a source without data, and one that is a part of something', async () => {
    const [from, to, next] = [await newData('sqlite'), await newData('sqlite'), await newData('sqlite')]
    await (await from.open()).close()
    await expect(copy(from, to)).rejects.toThrow(/There is no data in/)
    const part = await noticed()
    await expect(copy(part.to, next)).rejects.toThrow(/end that one first/)
  })

  it('refuses a target that holds data, or a part of other data', async () => {
    const [from, other] = [await newData('sqlite'), await newData('sqlite')]
    await fill(from)
    await fill(other)
    await expect(copy(from, other)).rejects.toThrow(/holds data already \(table meta\)/)
    const part = await noticed()
    await expect(copy(from, part.to)).rejects.toThrow(/holds a copy of other data that is not complete/)
    expect(await copy(part.from, part.to)).toMatchObject({ resumed: true })
    await expect(copy(part.from, part.to)).rejects.toThrow(/holds data already/)
  })

  it.each([
    ['late', /the table meta \(26 rows there, 25 here\)/],
    ['a0', /the table meta \(25 rows there, 25 here\)/],
  ])('tells when its source was changed in between (%s)', async (name, difference) => {
    const { from, to } = await noticed()
    const store = await from.open()
    await store.meta.set(byAt(1), name, 'value')
    await store.close()
    await expect(copy(from, to)).rejects.toThrow(difference)
    await expect(to.open()).rejects.toThrow(/not complete/)
  })

  it.skipIf(postgresNote !== '')(`gives way to another one at work on the same target${postgresNote}`, async () => {
    const [from, to] = [await newData('postgres'), await newData('postgres')]
    await fill(from)
    let other: Promise<unknown> | undefined
    const first = within(from, (source) =>
      within(to, async (target) => {
        const slow: DataPlace = {
          ...target,
          write: async (work) => {
            if (other === undefined) return target.write(work)
            await other
            return target.write(work)
          },
        }
        const progress = () => {
          other ??= copy(from, to)
        }
        return copyData({ from: source, to: slow, keepSessions: true, by: byAt(1), progress })
      }),
    )
    await expect(first).rejects.toThrow(/Another copy to .* is at work/)
    await other
    expect(await contents(to)).toEqual({ ...(await contents(from)), lease: [] })
  })
})
