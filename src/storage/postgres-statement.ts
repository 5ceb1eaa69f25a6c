/** A statement as PostgreSQL takes it. */
export interface PostgresStatement {
  /** The same for the same text, so that a connection prepares it once. */
  readonly name: string
  readonly text: string
}

const known = new Map<string, PostgresStatement>()

const translate = (sql: string): string => {
  let place = 0
  return sql.replace(/\?/g, () => {
    place += 1
    return `$${place}`
  })
}

/** The constant statement with PostgreSQL's placeholders instead of `?`. */
export const postgresStatement = (sql: string): PostgresStatement => {
  const before = known.get(sql)
  if (before !== undefined) return before
  const statement = { name: `poolhouse_${known.size}`, text: translate(sql) }
  known.set(sql, statement)
  return statement
}

/** A step of the schema in PostgreSQL's words: texts compare by their bytes, and every table is a heap. */
export const postgresDdl = (ddl: string): string => ddl.replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"').replace(' /* clustered */', '')
