import { closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { requireOwnDatabase } from './migrate.ts'
import { connectSqlite } from './sqlite-connection.ts'
import { databaseFile, explainedSqlite, reasonOf } from './sqlite-folder.ts'
import { StorageError } from './storage-error.ts'
import { tableStatements } from './table-statements.ts'

/** What to back up, and where to. */
export interface BackupOptions {
  readonly folder: string
  readonly file: string
  /** Replaces a file that is there. */
  readonly force?: boolean
  /** Told now and then how much of the pages is written: 0 <= done <= 1. */
  readonly progress?: (done: number) => void
}

/** What a backup holds. */
export interface BackupFacts {
  readonly bytes: number
  /** Rows of all tables, checked against the source. */
  readonly rows: number
}

/** Pages of 4 kB between two looks at the event loop. */
const pagesAtOnce = 4096

type Counts = Readonly<Record<string, number>>

const countRows = (db: DatabaseSync): Counts => {
  const names = new Set(
    db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
      .all()
      .map(({ name }) => name),
  )
  const present = tableStatements.filter(({ shape }) => names.has(shape.name))
  return Object.fromEntries(present.map(({ shape, count }) => [shape.name, Number(db.prepare(count).get()?.['n'])]))
}

/** Throws a StorageError unless the whole database hangs together (`PRAGMA integrity_check`). */
export const requireIntegrity = (db: DatabaseSync, shown: string): void => {
  const found = db
    .prepare('PRAGMA integrity_check(1)')
    .all()
    .map((row) => String(row['integrity_check']))
  if (found.length !== 1 || found[0] !== 'ok') throw new StorageError(`${shown} is damaged: ${found.join('; ')}.`)
}

const sync = (path: string, flags: 'r' | 'r+'): void => {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Gives a complete file its name: from then on it is there after any crash. */
export const putInPlace = (draft: string, path: string): void => {
  sync(draft, 'r+')
  renameSync(draft, path)
  // Windows opens no folders; its file system keeps names by itself.
  if (process.platform !== 'win32') sync(dirname(resolve(path)), 'r')
}

const targetFault = ({ folder, file, force = false }: BackupOptions): string | undefined => {
  const parent = dirname(resolve(file))
  if (!existsSync(parent)) return `There is no folder ${parent}.`
  if (realpathSync(parent) === realpathSync(folder) && basename(file).startsWith(basename(databaseFile(folder))))
    return `${file} is the database itself: name another file.`
  if (!existsSync(file)) return undefined
  if (!statSync(file).isFile()) return `${file} is no regular file: name another one.`
  return force ? undefined : `${file} is there already: name another file, or replace it with --force.`
}

const check = (draft: string, source: Counts): number => {
  const db = new DatabaseSync(draft)
  try {
    // One file that needs no log beside it, on whatever medium.
    db.exec('PRAGMA journal_mode = DELETE')
    requireIntegrity(db, 'The backup')
    const counts = countRows(db)
    const wrong = Object.keys(source).find((name) => counts[name] !== source[name])
    if (wrong !== undefined) throw new StorageError(`The backup has ${counts[wrong]} rows of ${wrong} in place of ${source[wrong]}.`)
    return Object.values(counts).reduce((sum, count) => sum + count, 0)
  } finally {
    db.close()
  }
}

/**
 * Writes one moment of a folder's database to a file, also while a server runs on it: written beside the file (mode 0600), checked against
 * the source, and only then under its name. Throws a StorageError, and leaves no half of a file, when any of that fails.
 */
export const backUpSqlite = async (options: BackupOptions): Promise<BackupFacts> => {
  const { folder, file, progress } = options
  const path = databaseFile(folder)
  if (!existsSync(path) || statSync(path).size === 0) throw new StorageError(`There is no data in ${folder}.`)
  const fault = targetFault(options)
  if (fault !== undefined) throw new StorageError(fault)
  const draft = join(dirname(resolve(file)), `.${basename(file)}.partial`)
  try {
    rmSync(draft, { force: true })
    closeSync(openSync(draft, 'wx', 0o600))
  } catch (error) {
    throw new StorageError(`The backup ${file} can not be written: ${reasonOf(error)}.`, { cause: error })
  }
  try {
    const source = connectSqlite(path, 'read')
    try {
      // Whatever is written meanwhile, all reads of one transaction see the same moment, those of the backup too.
      source.db.exec('BEGIN')
      requireOwnDatabase(source.db, path)
      const counts = countRows(source.db)
      await backup(source.db, draft, {
        rate: pagesAtOnce,
        progress: ({ totalPages, remainingPages }) => progress?.(totalPages === 0 ? 1 : 1 - remainingPages / totalPages),
      })
      const rows = check(draft, counts)
      putInPlace(draft, file)
      return { bytes: statSync(file).size, rows }
    } finally {
      source.close()
    }
  } catch (error) {
    throw explainedSqlite(error, path)
  } finally {
    for (const name of [draft, `${draft}-journal`, `${draft}-wal`, `${draft}-shm`]) rmSync(name, { force: true })
  }
}
