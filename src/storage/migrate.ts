import type { DatabaseSync } from 'node:sqlite'
import { newerFault } from './schema-fault.ts'
import { migrations } from './sql/tables.ts'
import { StorageError } from './storage-error.ts'

const stateTable = 'CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT NOT NULL, PRIMARY KEY (number))'
const newest = 'SELECT max(number) AS n FROM schema_migration'
const record = 'INSERT INTO schema_migration (number) VALUES (?) ON CONFLICT DO NOTHING'
const tables = `SELECT name FROM sqlite_schema WHERE type = 'table'`

const schemaOf = (db: DatabaseSync): number => Number(db.prepare(newest).get()?.['n'] ?? 0)

/** The number of the newest step that a database has, 0 for an empty one. Throws a StorageError when it holds something else; changes nothing. */
export const sqliteSchema = (db: DatabaseSync, name: string): number => {
  const names = db
    .prepare(tables)
    .all()
    .map((row) => row['name'])
  if (names.length === 0) return 0
  if (!names.includes('schema_migration')) throw new StorageError(`${name} is a database of another program; nothing was changed.`)
  return schemaOf(db)
}

/** Throws a StorageError when the database holds something else, or was written by a newer version; changes nothing. */
export const requireOwnDatabase = (db: DatabaseSync, name: string): void => {
  const fault = newerFault(name, sqliteSchema(db, name))
  if (fault !== undefined) throw new StorageError(fault)
}

/** Brings the schema up to date, wholly or not at all. */
export const migrate = (db: DatabaseSync): void => {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec(stateTable)
    const done = schemaOf(db)
    const recorded = db.prepare(record)
    for (const [index, ddl] of migrations.entries()) {
      if (index < done) continue
      db.exec(ddl.replace('/* clustered */', 'WITHOUT ROWID'))
      recorded.run(index + 1)
    }
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
