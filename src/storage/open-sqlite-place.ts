import { existsSync } from 'node:fs'
import type { DataPlace } from './data-place.ts'
import { storeOver } from './executor.ts'
import { migrate, sqliteSchema } from './migrate.ts'
import { connectSqlite } from './sqlite-connection.ts'
import { databaseFile, explainedSqlite, type FolderOptions, lockFolder, prepareFolder } from './sqlite-folder.ts'
import { sqliteInline } from './sqlite-inline.ts'
import { StorageError } from './storage-error.ts'

/** A data folder, and what is to be done with it. */
export interface SqlitePlaceOptions extends FolderOptions {
  /** `look` leaves a server alone that runs on the folder; `read` and `write` lock it; only `make` makes data where there is none. */
  readonly use: 'look' | 'read' | 'write' | 'make'
}

/** Opens a data folder as a whole. Throws a StorageError where there is no data, no database of ours, or a server that must not be there. */
export const openSqlitePlace = (options: SqlitePlaceOptions): DataPlace => {
  const { folder, use } = options
  const path = databaseFile(folder)
  if (use !== 'make' && !existsSync(path)) throw new StorageError(`There is no data in ${folder}.`)
  if (use !== 'look') prepareFolder(options, { database: use === 'make' })
  const lock = use === 'look' ? undefined : lockFolder(folder)
  try {
    const connection = connectSqlite(path, use === 'look' || use === 'read' ? 'read' : 'write')
    const { db, tx } = connection
    const store = storeOver(
      sqliteInline(connection, (error) => {
        throw error
      }),
    )
    return {
      shown: folder,
      schema: async () => {
        try {
          return sqliteSchema(db, path)
        } catch (error) {
          throw explainedSqlite(error, path)
        }
      },
      migrate: async () => migrate(db),
      read: (work) => work(tx),
      write: async (work) => {
        await tx.run('BEGIN IMMEDIATE')
        try {
          const value = await work(tx)
          await tx.run('COMMIT')
          return value
        } catch (error) {
          if (db.isTransaction) await tx.run('ROLLBACK')
          throw error
        }
      },
      store,
      close: async () => {
        await store.close()
        lock?.close()
      },
    }
  } catch (error) {
    lock?.close()
    throw explainedSqlite(error, path)
  }
}
