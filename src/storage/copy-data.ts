import { serverUid } from '../domain/server-uid.ts'
import type { DataPlace } from './data-place.ts'
import { endSessions } from './end-sessions.ts'
import { keyOf, readTable, type TableRow } from './read-table.ts'
import { newerFault, olderFault } from './schema-fault.ts'
import { claimCopyMark, copyMarkName, endCopyMark, findCopyMark, moveCopyMark } from './sql/copy-mark.ts'
import type { Tx } from './sql/tx.ts'
import { StorageError } from './storage-error.ts'
import type { By } from './store.ts'
import { checksumOfRows, type TableChecksum } from './table-checksum.ts'
import { type TableStatements, tableStatements } from './table-statements.ts'

/** How far a copy is. */
export interface CopyProgress {
  readonly phase: 'copy' | 'check'
  readonly table: string
  /** Rows of all tables so far in this phase, and how many there are. */
  readonly done: number
  readonly total: number
}

/** From where to where, and how. */
export interface CopyOptions {
  readonly from: DataPlace
  readonly to: DataPlace
  /** Leaves refresh tokens, sessions and codes good in the target. */
  readonly keepSessions: boolean
  readonly by: By
  readonly progress: (progress: CopyProgress) => void
}

/** What a copy did. */
export interface CopyFacts {
  readonly rows: number
  readonly tables: number
  /** Whether an earlier copy that was interrupted was brought to its end. */
  readonly resumed: boolean
}

/** How far a copy is, as it stands in the target: rows up to `key` of `table`, and all of the tables before it. */
interface Mark {
  readonly source: string
  readonly phase: 'copy' | 'checked'
  readonly table: number
  readonly key?: TableRow
  readonly done: number
}

/** A lease belongs to a node of one database. */
const copied = tableStatements.filter(({ shape }) => shape.name !== 'lease')

/** The uid under which every store has a data key from its first start; the key's id tells stores apart. */
const sentinel = [serverUid, 'secrets'] as const

const insertSizes = [100, 10, 1]

const insertRows = async (tx: Tx, { insert }: TableStatements, rows: readonly TableRow[]): Promise<void> => {
  let at = 0
  for (const size of insertSizes) {
    for (; rows.length - at >= size; at += size) await tx.run(insert(size), ...rows.slice(at, at + size).flat())
  }
}

const isMark = ({ shape }: TableStatements, row: TableRow): boolean => shape.name === 'meta' && row[0] === copyMarkName

const countRows = async (place: DataPlace): Promise<number> => {
  let total = 0
  for (const { count } of copied) total += (await place.read(async (tx) => tx.get<{ n: number }>(count)))?.n ?? 0
  return total
}

const openSource = async (from: DataPlace): Promise<string> => {
  const schema = await from.schema()
  const fault = schema === 0 ? `There is no data in ${from.shown}.` : (newerFault(from.shown, schema) ?? olderFault(from.shown, schema))
  if (fault !== undefined) throw new StorageError(fault)
  if ((await from.read(findCopyMark)) !== undefined)
    throw new StorageError(`${from.shown} holds a copy that is not complete: end that one first, by the command that began it.`)
  const key = await from.store.dataKeys.current(...sentinel)
  if (key === undefined) throw new StorageError(`There is no data in ${from.shown}.`)
  return key.id
}

const tableWithRows = async (to: DataPlace): Promise<string | undefined> => {
  for (const statements of copied) for await (const _ of readTable(to, statements)) return statements.shape.name
  return undefined
}

const openTarget = async (to: DataPlace, source: string): Promise<{ readonly text: string; readonly resumed: boolean }> => {
  const fault = newerFault(to.shown, await to.schema())
  if (fault !== undefined) throw new StorageError(fault)
  await to.migrate()
  const found = await to.read(findCopyMark)
  if (found !== undefined) {
    if ((JSON.parse(found) as Mark).source === source) return { text: found, resumed: true }
    throw new StorageError(`${to.shown} holds a copy of other data that is not complete: name an empty place.`)
  }
  const table = await tableWithRows(to)
  if (table !== undefined)
    throw new StorageError(`${to.shown} holds data already (table ${table}): name an empty place. Nothing was changed.`)
  const mark: Mark = { source, phase: 'copy', table: 0, done: 0 }
  const text = JSON.stringify(mark)
  if (await to.write((tx) => claimCopyMark(tx, text))) return { text, resumed: false }
  throw new StorageError(`Another copy to ${to.shown} has just begun.`)
}

const overtaken = (to: DataPlace) => new StorageError(`Another copy to ${to.shown} is at work: let it end.`)

/** Writes chunks behind the mark; each goes with the mark's next place, in one transaction. Answers the mark at the end. */
const copyTables = async ({ from, to, progress }: CopyOptions, begun: string, total: number): Promise<string> => {
  let text = begun
  const first = JSON.parse(begun) as Mark
  let { done } = first
  for (const [table, statements] of copied.entries()) {
    if (table < first.table) continue
    const after = table === first.table ? first.key : undefined
    for await (const chunk of readTable(from, statements, after)) {
      const rows = chunk.filter((row) => !isMark(statements, row))
      const last = chunk.at(-1)
      done += rows.length
      const next: Mark = { source: first.source, phase: 'copy', table, ...(last && { key: keyOf(statements, last) }), done }
      const moved = JSON.stringify(next)
      await to.write(async (tx) => {
        // First, so that of two copies one waits here for the other and then finds itself overtaken.
        if (!(await moveCopyMark(tx, text, moved))) throw overtaken(to)
        await insertRows(tx, statements, rows)
      })
      text = moved
      progress({ phase: 'copy', table: statements.shape.name, done, total })
    }
  }
  return text
}

const checksumOf = async (place: DataPlace, statements: TableStatements, seen: (rows: number) => void): Promise<TableChecksum> => {
  const checksum = checksumOfRows()
  for await (const chunk of readTable(place, statements)) {
    const rows = chunk.filter((row) => !isMark(statements, row))
    for (const row of rows) checksum.add(row)
    seen(rows.length)
  }
  return checksum.result()
}

const checkTables = async ({ from, to, progress }: CopyOptions, total: number): Promise<number> => {
  let [done, all] = [0, 0]
  for (const statements of copied) {
    const table = statements.shape.name
    const seen = (rows: number) => {
      done += rows
      progress({ phase: 'check', table, done, total: 2 * total })
    }
    const there = await checksumOf(from, statements, seen)
    const here = await checksumOf(to, statements, seen)
    if (there.rows !== here.rows || there.hash !== here.hash)
      throw new StorageError(
        `The copy differs from its source in the table ${table} (${there.rows} rows there, ${here.rows} here): the source was changed meanwhile. Empty ${to.shown} and copy again, with all servers stopped.`,
      )
    all += there.rows
  }
  return all
}

/**
 * Copies everything from one database to another that is empty, on whatever engine, table by table in key order, and checks every table by
 * count and checksum. What it wrote, and how far it got, is durable chunk by chunk: after an interruption the same call goes on. Until the
 * end the target opens for no server. Throws a StorageError when source or target are not fit for it, or differ in the end.
 */
export const copyData = async (options: CopyOptions): Promise<CopyFacts> => {
  const { from, to, keepSessions, by } = options
  const source = await openSource(from)
  let { text, resumed } = await openTarget(to, source)
  const total = await countRows(from)
  if ((JSON.parse(text) as Mark).phase === 'copy') {
    text = await copyTables(options, text, total)
    await checkTables(options, total)
    const checked = JSON.stringify({ ...(JSON.parse(text) as Mark), phase: 'checked' } satisfies Mark)
    const before = text
    if (!(await to.write((tx) => moveCopyMark(tx, before, checked)))) throw overtaken(to)
    text = checked
  }
  if (!keepSessions) await endSessions(to.store, by)
  const last = text
  if (!(await to.write((tx) => endCopyMark(tx, last)))) throw overtaken(to)
  return { rows: total, tables: copied.length, resumed }
}
