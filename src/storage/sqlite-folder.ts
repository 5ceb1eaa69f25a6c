import { closeSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeFolder } from '../make-folder.ts'
import { requireUsableDatabase } from './migrate.ts'
import { sqliteCode } from './sqlite-fault.ts'
import { StorageError } from './storage-error.ts'

const fileName = 'poolhouse.db'
const lockName = 'poolhouse.lock'

/** The database in a data folder. */
export const databaseFile = (folder: string): string => join(folder, fileName)

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

/** What went wrong with a file, in a few words. */
export const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error instanceof Error ? error.message : String(error))
}

/** That a data folder can't be written, and why. */
export const unwritable = (folder: string, error: unknown): StorageError =>
  new StorageError(`The data folder ${folder} can not be written: ${reasonOf(error)}.`, { cause: error })

/** Creates the file for its owner alone when it is not there; SQLite gives its log files the same mode. */
const touch = (path: string): void => closeSync(openSync(path, 'a', 0o600))

/** A data folder and whom its opening tells about trouble. */
export interface FolderOptions {
  readonly folder: string
  readonly log: { warn(fields: object, text: string): void }
}

/** Makes the folder and, for its owner alone, its lock file and an empty database, where they are not there. Throws a StorageError. */
export const prepareFolder = ({ folder, log }: FolderOptions, { database }: { readonly database: boolean }): void => {
  try {
    makeFolder(folder)
    if (statSync(folder).mode & 0o077) log.warn({ folder }, 'other users of this machine can look into the data folder')
    touch(join(folder, lockName))
    if (database) touch(databaseFile(folder))
  } catch (error) {
    throw unwritable(folder, error)
  }
}

/** Held until it is closed or the process ends, however that happens: the system lets go of it. Throws a StorageError while another holds it. */
export const lockFolder = (folder: string): DatabaseSync => {
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

/** Looks at a file that exists through a connection that can't change it. Throws what `requireUsableDatabase` throws, and SQLite's errors. */
export const inspectDatabase = (path: string): void => {
  if (statSync(path).size === 0) return
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    requireUsableDatabase(db, path)
  } finally {
    db.close()
  }
}

/** The sentence for whatever kept a database file from being used. */
export const explainedSqlite = (error: unknown, path: string): StorageError => {
  if (error instanceof StorageError) return error
  const code = sqliteCode(error)
  if (code === 26) return new StorageError(`${path} is not an SQLite database; nothing was changed.`, { cause: error })
  if (code === 13) return new StorageError(`${path} can not be opened: the disk is full.`, { cause: error })
  return new StorageError(`${path} can not be opened: ${reasonOf(error)}.`, { cause: error })
}
