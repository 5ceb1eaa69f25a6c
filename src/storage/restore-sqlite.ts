import { chmodSync, closeSync, constants, copyFileSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { putInPlace, requireIntegrity } from './back-up-sqlite.ts'
import { storeOver } from './executor.ts'
import { migrate, requireOwnDatabase } from './migrate.ts'
import { connectSqlite } from './sqlite-connection.ts'
import { databaseFile, explainedSqlite, type FolderOptions, lockFolder, prepareFolder, reasonOf } from './sqlite-folder.ts'
import { sqliteInline } from './sqlite-inline.ts'
import { StorageError } from './storage-error.ts'
import type { Store } from './store.ts'

/** What to restore, and where to. */
export interface RestoreOptions extends FolderOptions {
  readonly file: string
  /** Looks at the store, and changes it, before it is put in place; what it throws keeps the folder empty. */
  readonly prepare: (store: Store) => Promise<void>
}

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0)

const fileMark = 'SQLite format 3\0'

const readMark = (file: string): string => {
  const handle = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(fileMark.length)
    return bytes.toString('latin1', 0, readSync(handle, bytes))
  } finally {
    closeSync(handle)
  }
}

const backupFault = (file: string): string | undefined => {
  try {
    if (!statSync(file).isFile()) return `${file} is no regular file.`
    if (readMark(file) !== fileMark) return `${file} is not an SQLite database.`
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return missing ? `There is no backup ${file}.` : `The backup ${file} can not be read: ${reasonOf(error)}.`
  }
  // A part of the data would be missing.
  if (sizeOf(`${file}-wal`) > 0)
    return `${file} has its log ${file}-wal beside it: it is a database as a server left it, and no backup. Make one with \`poolhouse backup\`.`
  return undefined
}

const prepareDraft = async (draft: string, { file, prepare }: RestoreOptions): Promise<void> => {
  const connection = connectSqlite(draft, 'write')
  let closed = false
  try {
    requireIntegrity(connection.db, file)
    requireOwnDatabase(connection.db, file)
    if (connection.db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] === 0) throw new StorageError(`${file} is empty.`)
    migrate(connection.db)
    const store = storeOver(
      sqliteInline(connection, (error) => {
        throw error
      }),
    )
    await prepare(store)
    closed = true
    // The last connection that closes folds the log into the file.
    await store.close()
  } finally {
    if (!closed) connection.close()
  }
}

/**
 * Puts a backup into a data folder that holds no data, as the folder's database: checked, brought up to date and prepared beside, then put
 * in place at once. Throws a StorageError, and leaves the folder without data, when the file is no whole database of ours.
 */
export const restoreSqlite = async (options: RestoreOptions): Promise<void> => {
  const { folder, file } = options
  const fault = backupFault(file)
  if (fault !== undefined) throw new StorageError(fault)
  const path = databaseFile(folder)
  const draft = `${path}.restoring`
  prepareFolder(options, { database: false })
  const lock = lockFolder(folder)
  const drafts = [draft, `${draft}-wal`, `${draft}-shm`, `${draft}-journal`]
  try {
    if (sizeOf(path) > 0 || sizeOf(`${path}-wal`) > 0)
      throw new StorageError(`The data folder ${folder} holds data already: move it away, or name another folder.`)
    for (const name of drafts) rmSync(name, { force: true })
    closeSync(openSync(draft, 'wx', 0o600))
    copyFileSync(file, draft, constants.COPYFILE_FICLONE)
    // A copy has taken over the mode of the backup.
    chmodSync(draft, 0o600)
    await prepareDraft(draft, options)
    for (const name of [`${path}-wal`, `${path}-shm`]) rmSync(name, { force: true })
    putInPlace(draft, path)
  } catch (error) {
    throw explainedSqlite(error, file)
  } finally {
    for (const name of drafts) rmSync(name, { force: true })
    lock.close()
  }
}
