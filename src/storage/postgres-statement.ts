import { hash } from 'node:crypto'

/** A statement as PostgreSQL takes it. */
export interface PostgresStatement {
  /**
   * Made from the text alone, so that a connection prepares it once and no node or version means another statement by it: behind a pooler
   * that mixes connections up, a name is known or unknown, never somebody else's.
   */
  readonly name: string
  readonly text: string
}

const known = new Map<string, PostgresStatement>()

const translate = (sql: string): string => {
  let place = 0
  return sql
    .replace(/\?/g, () => {
      place += 1
      return `$${place}`
    })
    .replace(/\/\* locked: (\w+) \*\//, 'FOR SHARE OF $1')
}

/** The constant statement with PostgreSQL's placeholders instead of `?`, and a lock where it wants its rows to stay until the transaction ends. */
export const postgresStatement = (sql: string): PostgresStatement => {
  const before = known.get(sql)
  if (before !== undefined) return before
  const text = translate(sql)
  const statement = { name: `poolhouse_${hash('sha256', text, 'hex').slice(0, 32)}`, text }
  known.set(sql, statement)
  return statement
}

/** A step of the schema in PostgreSQL's words: texts compare by their bytes, and every table is a heap. */
export const postgresDdl = (ddl: string): string => ddl.replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"').replace(' /* clustered */', '')
