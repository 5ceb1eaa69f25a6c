import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { ParsedRecords } from './sql/parsed-records.ts'
import type { SqlValue, Tx } from './sql/tx.ts'

/** One connection to an SQLite database, each statement prepared once. */
export interface SqliteConnection {
  readonly db: DatabaseSync
  readonly tx: Tx
  /** The same connection for verbs that read nothing but committed rows. */
  reading(parsed: ParsedRecords): Tx
  close(): void
}

const pragmas = {
  // Checkpoints every 16 MB rather than 4: pages that change often are written back once. Durability is FULL's and does not depend on it.
  write: `PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;
    PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16384`,
  read: 'PRAGMA busy_timeout = 5000; PRAGMA query_only = 1; PRAGMA cache_size = -16384',
}

// SQLite plans by the number that is bound to a bare `LIMIT ?`, so it would compile the statement anew for every execution.
const compiledOnce = (sql: string): string => sql.replace(/\b(LIMIT|OFFSET) \?/g, '$1 +?')

/** Opens the file (or `:memory:`); a writer's commits are durable, a reader can't change anything. */
export const connectSqlite = (path: string, role: 'write' | 'read'): SqliteConnection => {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  db.exec(pragmas[role])
  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const statement = db.prepare(compiledOnce(sql))
    statements.set(sql, statement)
    return statement
  }
  let serial = 0
  const tx: Tx = {
    get: <T>(sql: string, ...params: readonly SqlValue[]) => prepared(sql).get(...params) as T | undefined,
    all: <T>(sql: string, ...params: readonly SqlValue[]) => prepared(sql).all(...params) as T[],
    run: (sql, ...params) => Number(prepared(sql).run(...params).changes),
    serial: () => serial++,
  }
  return {
    db,
    tx,
    reading: (parsed) => ({ ...tx, parsed }),
    close: () => {
      statements.clear()
      db.close()
    },
  }
}
