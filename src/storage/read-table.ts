import type { DataPlace } from './data-place.ts'
import type { SqlValue } from './sql/tx.ts'
import type { TableStatements } from './table-statements.ts'

/** A row as the values of its columns, in the order of the schema. */
export type TableRow = readonly SqlValue[]

/** portable-sql rule for transactions, taken for reading too. */
const mostRows = 500
/** Of texts in one chunk; with keys and lengths it stays below 1 MiB. */
const mostBytes = 768 * 1024
const firstRows = 16

/** How many bytes a row's texts take. */
export const bytesOf = (row: TableRow): number =>
  row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? Buffer.byteLength(value) : 8), 0)

/** The values of a row's key. */
export const keyOf = ({ shape }: TableStatements, row: TableRow): TableRow =>
  shape.key.map((name) => row[shape.columns.findIndex((column) => column.name === name)] ?? null)

// Every key begins with a text, and none is empty.
const beforeAll = ({ shape }: TableStatements): TableRow =>
  shape.key.map((name) => (shape.columns.find((column) => column.name === name)?.type === 'BIGINT' ? 0 : ''))

const cut = (rows: readonly TableRow[]): readonly TableRow[] => {
  let bytes = 0
  const end = rows.findIndex((row, at) => {
    bytes += bytesOf(row)
    return bytes > mostBytes && at > 0
  })
  return end === -1 ? rows : rows.slice(0, end)
}

/** The rows of a table behind a key, in key order (texts by their bytes), in chunks of at most 500 rows and, unless one row is larger, 768 KiB. */
export async function* readTable(place: DataPlace, statements: TableStatements, after?: TableRow): AsyncGenerator<readonly TableRow[]> {
  const { shape } = statements
  let key = after ?? beforeAll(statements)
  let limit = firstRows
  for (;;) {
    const found = await place.read(async (tx) => tx.all<Record<string, SqlValue>>(statements.after, ...key, limit))
    const rows = found.map((row) => shape.columns.map(({ name }) => row[name] ?? null))
    const chunk = cut(rows)
    const last = chunk.at(-1)
    if (last === undefined) return
    yield chunk
    if (chunk.length === found.length && found.length < limit) return
    key = keyOf(statements, last)
    // Large rows are read in small numbers.
    const mean = rows.reduce((sum, row) => sum + bytesOf(row), 0) / rows.length
    limit = Math.max(1, Math.min(mostRows, limit * 4, Math.floor(mostBytes / mean)))
  }
}
