import type { LoadStretch } from '../../domain/loaded-user.ts'
import type { LoadChunk, LoadState } from '../store.ts'
import { type TableStatements, tableStatements } from '../table-statements.ts'
import { leaveAudit } from './leave-audit.ts'
import { poolStands } from './pool-stands.ts'
import type { SqlValue, Tx } from './tx.ts'
import { undo } from './undo.ts'
import type { VerbsOf } from './verb.ts'

// How far a load is stands in rows of `tally`, which go with the pool: users and step, and while a
// stretch is under way its other numbers and its passes.
const numbers = `SELECT kind, n FROM tally WHERE pool_uid = ? AND kind >= 'load ' AND kind < 'load!'`
const note = 'INSERT INTO tally (pool_uid, kind, n) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
const set = `INSERT INTO tally (pool_uid, kind, n) VALUES (?, ?, ?) ON CONFLICT (pool_uid, kind) DO UPDATE SET n = excluded.n`
const move = 'UPDATE tally SET n = ? WHERE pool_uid = ? AND kind = ? AND n = ?'
const close = `INSERT INTO tally (pool_uid, kind, n) SELECT pool_uid, 'load users', n FROM tally WHERE pool_uid = ? AND kind = 'load to'
  ON CONFLICT (pool_uid, kind) DO UPDATE SET n = excluded.n`
const forget = `DELETE FROM tally WHERE pool_uid = ? AND kind >= 'load ' AND kind < 'load!' AND kind NOT IN ('load users', 'load step')`
const before = `SELECT value FROM user_search WHERE pool_uid = ? AND attribute = 'username' AND value < ? ORDER BY value LIMIT 1`
const after = `SELECT value FROM user_search WHERE pool_uid = ? AND attribute = 'username' AND value >= ? ORDER BY value LIMIT 1`

const holder = 'SELECT user_id FROM login_name WHERE pool_uid = ? AND name_hash = ? AND user_id <> ?'

const stretchNumbers = ['from', 'to', 'seed', 'step', 'groups'] as const
const passKind = (pass: string): string => `load pass ${pass}`

const stateOf = (rows: readonly { readonly kind: string; readonly n: number }[]): LoadState | undefined => {
  if (rows.length === 0) return undefined
  const found = new Map(rows.map(({ kind, n }) => [kind, n]))
  const [users, step] = [found.get('load users') ?? 0, found.get('load step') ?? 0]
  if (!found.has('load to')) return { users, step }
  const stretch = Object.fromEntries(stretchNumbers.map((name) => [name, found.get(`load ${name}`) ?? 0])) as unknown as LoadStretch
  const start = passKind('').length
  const passes = rows.filter(({ kind }) => kind.startsWith(passKind(''))).map(({ kind, n }) => [kind.slice(start), n] as const)
  return { users, step, under: { stretch, passes: Object.fromEntries(passes) } }
}

const insertSizes = [100, 10, 1]

/** Answers false when a row is there already, as the name of somebody else can be. */
const insertRows = async (tx: Tx, { insert, shape }: TableStatements, { lead, rest }: LoadChunk): Promise<boolean> => {
  const width = shape.columns.length - lead.length
  const rows = rest.length / width
  const unlessThere = shape.name === 'login_name' ? ' ON CONFLICT DO NOTHING' : ''
  let at = 0
  for (const size of insertSizes) {
    for (; rows - at >= size; at += size) {
      const values: SqlValue[] = []
      for (let row = at; row < at + size; row += 1) {
        values.push(...lead)
        for (let column = 0; column < width; column += 1) values.push(rest[row * width + column] ?? null)
      }
      if ((await tx.run(insert(size) + unlessThere, ...values)) < size) return false
    }
  }
  return true
}

const findHolder = async (tx: Tx, { poolUid, rest }: LoadChunk): Promise<string | undefined> => {
  for (let at = 0; at < rest.length; at += 2) {
    const found = await tx.get<{ user_id: string }>(holder, poolUid, rest[at] ?? '', rest[at + 1] ?? '')
    if (found !== undefined) return found.user_id
  }
  return undefined
}

/** Users made up for load tests, written table by table. */
export const loadVerbs: VerbsOf<'loads'> = {
  find: { kind: 'point', run: async (tx, poolUid) => stateOf(await tx.all<{ kind: string; n: number }>(numbers, poolUid)) },

  begin: {
    kind: 'write',
    run: async (tx, by, poolUid, stretch, passes) => {
      if (!(await poolStands(tx, poolUid))) return 'gone'
      if (!(await tx.run(note, poolUid, 'load to', stretch.to))) return 'under way'
      for (const name of stretchNumbers) await tx.run(set, poolUid, `load ${name}`, stretch[name])
      for (const pass of passes) await tx.run(note, poolUid, passKind(pass), 0)
      await leaveAudit(tx, by, poolUid, poolUid, `begun to load users ${stretch.from} to ${stretch.to}`)
      return 'begun'
    },
  },

  put: {
    kind: 'write',
    run: async (tx, _by, chunk) => {
      const { poolUid, pass, from, to, table } = chunk
      // First, so that of two loads one waits here for the other and then finds itself overtaken.
      if (!(await tx.run(move, to, poolUid, passKind(pass), from)) || !(await poolStands(tx, poolUid))) return undo('overtaken')
      const statements = tableStatements.find(({ shape }) => shape.name === table)
      if (statements === undefined) throw new Error(`there is no table ${table}`)
      return (await insertRows(tx, statements, chunk)) ? 'put' : undo({ takenBy: await findHolder(tx, chunk) })
    },
  },

  end: {
    kind: 'write',
    run: async (tx, by, poolUid) => {
      if (!(await tx.run(close, poolUid))) return
      await tx.run(forget, poolUid)
      await leaveAudit(tx, by, poolUid, poolUid, 'loaded users')
    },
  },

  stranger: {
    kind: 'point',
    run: async (tx, poolUid, from, to) => {
      const found = (await tx.get<{ value: string }>(before, poolUid, from)) ?? (await tx.get<{ value: string }>(after, poolUid, to))
      return found?.value
    },
  },
}
