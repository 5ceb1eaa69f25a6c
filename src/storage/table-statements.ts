import { type TableShape, tableShapes } from './table-shapes.ts'

/** The statements that take a whole table from one database to another. All of them follow from the schema, none from data. */
export interface TableStatements {
  readonly shape: TableShape
  readonly count: string
  /** The first rows after a key, in key order: takes the key's values and the number of rows. */
  readonly after: string
  /** Inserts so many rows at once: takes their values, row by row. */
  readonly insert: (rows: number) => string
}

const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ')

const statementsOf = (shape: TableShape): TableStatements => {
  const columns = shape.columns.map(({ name }) => name).join(', ')
  const key = shape.key.join(', ')
  const head = `INSERT INTO ${shape.name} (${columns}) VALUES `
  const row = `(${marks(shape.columns.length)})`
  const made = new Map<number, string>()
  return {
    shape,
    count: `SELECT count(*) AS n FROM ${shape.name}`,
    after: `SELECT ${columns} FROM ${shape.name} WHERE (${key}) > (${marks(shape.key.length)}) ORDER BY ${key} LIMIT ?`,
    insert: (rows) => {
      const text = made.get(rows) ?? head + Array.from({ length: rows }, () => row).join(', ')
      made.set(rows, text)
      return text
    },
  }
}

/** The statements of every table. */
export const tableStatements: readonly TableStatements[] = tableShapes.map(statementsOf)
