import { monotonicClock } from '../clock.ts'
import { storeOver } from './executor.ts'
import { migrate, sqliteSchema } from './migrate.ts'
import { keepRecent } from './recent-reads.ts'
import { requireWhole } from './require-whole.ts'
import { olderFault } from './schema-fault.ts'
import { connectSqlite } from './sqlite-connection.ts'
import { databaseFile, explainedSqlite, type FolderOptions, inspectDatabase, lockFolder, prepareFolder } from './sqlite-folder.ts'
import { sqliteInline } from './sqlite-inline.ts'
import { sqliteWriter } from './sqlite-writer.ts'
import { StorageError } from './storage-error.ts'
import type { Store } from './store.ts'

/** Where the store lives and whom it tells about trouble. */
export interface SqliteOptions extends FolderOptions {
  /** The data folder, made when it is not there, or `:memory:`. */
  readonly folder: string
  /** Off: the schema has to be this version's already. */
  readonly migrate?: boolean
  /** Called once when nothing more can be written; the process should end. */
  onFatal(error: unknown): void
  readonly log: { warn(fields: object, text: string): void; error(fields: object, text: string): void }
}

const bringUpToDate = async (path: string, folder: string, mayMigrate: boolean): Promise<void> => {
  const connection = connectSqlite(path, 'write')
  try {
    const fault = mayMigrate ? undefined : olderFault(path, sqliteSchema(connection.db, path))
    if (fault !== undefined) throw new StorageError(fault)
    migrate(connection.db)
    await requireWhole(connection.tx, folder)
  } finally {
    connection.close()
  }
}

const openFile = async (options: SqliteOptions): Promise<Store> => {
  const { folder, onFatal, log, migrate: mayMigrate = true } = options
  const path = databaseFile(folder)
  prepareFolder(options, { database: true })
  const lock = lockFolder(folder)
  try {
    inspectDatabase(path)
    await bringUpToDate(path, folder, mayMigrate)
    const executor = sqliteWriter(path, (error) => {
      log.error({ err: error }, 'storage failed')
      onFatal(error)
    })
    const close = async () => {
      await executor.close()
      lock.close()
    }
    return storeOver(keepRecent({ ...executor, close }, monotonicClock))
  } catch (error) {
    lock.close()
    throw explainedSqlite(error, path)
  }
}

const openMemory = ({ onFatal }: SqliteOptions): Store => {
  const connection = connectSqlite(':memory:', 'write')
  migrate(connection.db)
  return storeOver(keepRecent(sqliteInline(connection, onFatal), monotonicClock))
}

/**
 * Opens the store in a data folder of its own, or an empty one in memory, and brings its schema up to date. Throws a StorageError of
 * one sentence, and changes nothing, when the folder can't be written, another server uses it, the file is no database of ours, or a copy into it is not complete.
 */
export const openSqlite = async (options: SqliteOptions): Promise<Store> =>
  options.folder === ':memory:' ? openMemory(options) : openFile(options)
