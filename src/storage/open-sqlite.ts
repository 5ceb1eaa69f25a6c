import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { storeOver } from './executor.ts'
import { migrate, requireOwnDatabase } from './migrate.ts'
import { connectSqlite } from './sqlite-connection.ts'
import { sqliteCode } from './sqlite-fault.ts'
import { sqliteInline } from './sqlite-inline.ts'
import { sqliteWriter } from './sqlite-writer.ts'
import { StorageError } from './storage-error.ts'
import type { Store } from './store.ts'

/** Where the store lives and whom it tells about trouble. */
export interface SqliteOptions {
  /** The data folder, made when it is not there, or `:memory:`. */
  readonly folder: string
  /** Called once when nothing more can be written; the process should end. */
  onFatal(error: unknown): void
  readonly log: { warn(fields: object, text: string): void; error(fields: object, text: string): void }
}

const fileName = 'poolhouse.db'
const lockName = 'poolhouse.lock'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it can not be made there',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'there is a file of that name',
  EISDIR: 'a file is expected where there is a folder',
}

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error instanceof Error ? error.message : String(error))
}

/** Creates the file for its owner alone when it is not there; SQLite gives its log files the same mode. */
const touch = (path: string): void => closeSync(openSync(path, 'a', 0o600))

// Not the recursive form: where a parent is there and still nothing can be made in it (/proc), Node.js tries it for ever.
const makeFolder = (folder: string): void => {
  const parent = dirname(folder)
  if (parent !== folder && !existsSync(parent)) makeFolder(parent)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST' && statSync(folder).isDirectory())) throw error
  }
}

const prepareFolder = ({ folder, log }: SqliteOptions): void => {
  try {
    makeFolder(resolve(folder))
    if (statSync(folder).mode & 0o077) log.warn({ folder }, 'other users of this machine can look into the data folder')
    touch(join(folder, lockName))
    touch(join(folder, fileName))
  } catch (error) {
    throw new StorageError(`The data folder ${folder} can not be written: ${reasonOf(error)}.`, { cause: error })
  }
}

/** Held as long as the process lives, however it ends; the system lets go of it. */
const lockFolder = (folder: string): DatabaseSync => {
  const lock = new DatabaseSync(join(folder, lockName), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (sqliteCode(error) !== 5) throw error
    throw new StorageError(`Another Poolhouse server uses the data folder ${folder}: stop it first, or name another folder.`, {
      cause: error,
    })
  }
}

/** Looks at a file that exists through a connection that can't change it. */
const inspect = (path: string): void => {
  if (statSync(path).size === 0) return
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    requireOwnDatabase(db, path)
  } finally {
    db.close()
  }
}

const bringUpToDate = (path: string): void => {
  const connection = connectSqlite(path, 'write')
  try {
    migrate(connection.db)
  } finally {
    connection.close()
  }
}

const explained = (error: unknown, path: string): StorageError => {
  if (error instanceof StorageError) return error
  const code = sqliteCode(error)
  if (code === 26) return new StorageError(`${path} is not an SQLite database; nothing was changed.`, { cause: error })
  if (code === 13) return new StorageError(`${path} can not be opened: the disk is full.`, { cause: error })
  return new StorageError(`${path} can not be opened: ${reasonOf(error)}.`, { cause: error })
}

const openFile = (options: SqliteOptions): Store => {
  const { folder, onFatal, log } = options
  const path = join(folder, fileName)
  prepareFolder(options)
  const lock = lockFolder(folder)
  try {
    inspect(path)
    bringUpToDate(path)
    const executor = sqliteWriter(path, (error) => {
      log.error({ err: error }, 'storage failed')
      onFatal(error)
    })
    const close = async () => {
      await executor.close()
      lock.close()
    }
    return storeOver({ run: executor.run, close })
  } catch (error) {
    lock.close()
    throw explained(error, path)
  }
}

const openMemory = ({ onFatal }: SqliteOptions): Store => {
  const connection = connectSqlite(':memory:', 'write')
  migrate(connection.db)
  return storeOver(sqliteInline(connection, onFatal))
}

/**
 * Opens the store in a data folder of its own, or an empty one in memory, and brings its schema up to date. Throws a StorageError of
 * one sentence, and changes nothing, when the folder can't be written, another server uses it, or the file is no database of ours.
 */
export const openSqlite = async (options: SqliteOptions): Promise<Store> =>
  options.folder === ':memory:' ? openMemory(options) : openFile(options)
