import type { DatabaseSync } from 'node:sqlite'
import { newerFault } from './schema-fault.ts'
import { newestStep, newestUsable, recordStep, recordUsable, stepTable, usableTable } from './schema-state.ts'
import { migrations, usableFrom } from './sql/tables.ts'
import { StorageError } from './storage-error.ts'

const tables = `SELECT name FROM sqlite_schema WHERE type = 'table'`

const numberOf = (db: DatabaseSync, sql: string): number => Number(db.prepare(sql).get()?.['n'] ?? 0)

const tablesOf = (db: DatabaseSync) =>
  db
    .prepare(tables)
    .all()
    .map((row) => row['name'])

/** The number of the newest step that a database has, 0 for an empty one. Throws a StorageError when it holds something else; changes nothing. */
export const sqliteSchema = (db: DatabaseSync, name: string): number => {
  const names = tablesOf(db)
  if (names.length === 0) return 0
  if (!names.includes('schema_migration')) throw new StorageError(`${name} is a database of another program; nothing was changed.`)
  return numberOf(db, newestStep)
}

/** Throws a StorageError when the database holds something else, or was written by a newer version; changes nothing. */
export const requireOwnDatabase = (db: DatabaseSync, name: string): void => {
  const fault = newerFault(name, sqliteSchema(db, name))
  if (fault !== undefined) throw new StorageError(fault)
}

/** The same, but lets a newer version's data pass that this version's server may use. */
export const requireUsableDatabase = (db: DatabaseSync, name: string): void => {
  const schema = sqliteSchema(db, name)
  const usable = tablesOf(db).includes('schema_usable_from') ? numberOf(db, newestUsable) : schema
  const fault = newerFault(name, schema, usable)
  if (fault !== undefined) throw new StorageError(fault)
}

/** Brings the schema up to date, wholly or not at all. */
export const migrate = (db: DatabaseSync): void => {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec(stepTable)
    const done = numberOf(db, newestStep)
    const recorded = db.prepare(recordStep)
    for (const [index, ddl] of migrations.entries()) {
      if (index < done) continue
      db.exec(ddl.replace('/* clustered */', 'WITHOUT ROWID'))
      recorded.run(index + 1)
    }
    if (done < migrations.length) {
      db.exec(usableTable)
      db.prepare(recordUsable).run(usableFrom)
    }
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
