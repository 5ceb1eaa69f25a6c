import { resolve } from 'node:path'
import { systemClock } from './clock.ts'
import { masterKeyFault } from './keys/master-key-fault.ts'
import { findDevMasterKey } from './keys/master-key-file.ts'
import { systemRandom } from './random.ts'
import { type Config, ConfigError } from './server/config.ts'
import { inMemory } from './server/data-folder.ts'
import { silentLog } from './server/log.ts'
import { type BackupFacts, backUpSqlite } from './storage/back-up-sqlite.ts'
import { type CopyFacts, type CopyProgress, copyData } from './storage/copy-data.ts'
import type { DataPlace } from './storage/data-place.ts'
import { endSessions } from './storage/end-sessions.ts'
import { openSqlitePlace, type SqlitePlaceOptions } from './storage/open-sqlite-place.ts'
import { newestSchema, pendingSteps, type SchemaStep } from './storage/pending-steps.ts'
import { requireWhole } from './storage/require-whole.ts'
import { restoreSqlite } from './storage/restore-sqlite.ts'
import { newerFault, olderFault } from './storage/schema-fault.ts'
import { StorageError } from './storage/storage-error.ts'
import type { By } from './storage/store.ts'

/** Somebody at a command line, who writes to a store without a server. */
const byHand = (action: string): By => ({ actor: 'command-line', requestId: systemRandom.uuid(), action, at: systemClock.now() })

/** The data folder of a configuration. Throws where the data lies elsewhere; `instead` says what to do then. */
const folderOf = ({ database, dataDir }: Config, instead: string): string => {
  if (database !== undefined) throw new Error(`The data is in PostgreSQL: ${instead}`)
  if (dataDir === inMemory) throw new ConfigError('data-dir is :memory:, where nothing is kept. Name a folder.')
  return dataDir
}

/** Writes one moment of the data folder's database to a file (storage/back-up-sqlite.ts). */
export const backUpData = async (
  config: Config,
  options: { readonly file: string; readonly force: boolean; readonly progress?: (done: number) => void },
): Promise<BackupFacts> => {
  const folder = folderOf(config, "back it up with the database's own tools, or copy it into a data folder with `poolhouse copy`.")
  return backUpSqlite({ ...options, folder })
}

/** Puts a backup into a data folder without data; its sessions, tokens and codes end unless they are kept. */
export const restoreData = async (
  config: Config,
  { file, keepSessions }: { readonly file: string; readonly keepSessions: boolean },
): Promise<void> => {
  const folder = folderOf(config, 'restore into a data folder and take it there with `poolhouse copy`.')
  const masterKeys = config.masterKeys.length > 0 ? config.masterKeys : await findDevMasterKey(folder)
  if (masterKeys.length === 0) throw new ConfigError('No master key is given: name the one of the backup with --master-key-file.')
  await restoreSqlite({
    folder,
    file,
    log: silentLog,
    prepare: async (store) => {
      const fault = await masterKeyFault(store, masterKeys)
      if (fault !== undefined) throw new StorageError(fault)
      if (!keepSessions) await endSessions(store, byHand('Restore'))
    },
  })
}

/** A data folder or a PostgreSQL database as a whole. */
const openPlace = async (data: string, use: SqlitePlaceOptions['use']): Promise<DataPlace> => {
  if (/^postgres(?:ql)?:\/\//i.test(data)) {
    const { openPostgresPlace } = await import('./storage/open-postgres-place.ts')
    return openPostgresPlace({ url: data, clock: systemClock, random: systemRandom })
  }
  if (data === inMemory) throw new ConfigError('Nothing is kept in :memory:. Name a folder.')
  return openSqlitePlace({ folder: data, use, log: silentLog })
}

const withPlace = async <T>(data: string, use: SqlitePlaceOptions['use'], work: (place: DataPlace) => Promise<T>): Promise<T> => {
  const place = await openPlace(data, use)
  try {
    return await work(place)
  } finally {
    await place.close()
  }
}

/** Copies everything from one data folder or PostgreSQL database to another that is empty (storage/copy-data.ts). */
export const copyBetween = async (
  from: string,
  to: string,
  options: { readonly keepSessions: boolean; readonly progress: (progress: CopyProgress) => void },
): Promise<CopyFacts & { readonly from: string; readonly to: string }> => {
  if (resolve(from) === resolve(to)) throw new ConfigError('--from and --to name the same data.')
  return withPlace(from, 'read', (source) =>
    withPlace(to, 'make', async (target) => {
      const facts = await copyData({ ...options, from: source, to: target, by: byHand('Copy') })
      return { ...facts, from: source.shown, to: target.shown }
    }),
  )
}

/** Ends every session, refresh token and code in the data of a configuration, on which no server may run (storage/end-sessions.ts). */
export const endAllSessions = async ({ database, dataDir }: Config): Promise<string> =>
  withPlace(database ?? dataDir, 'write', async (place) => {
    const schema = await place.schema()
    const fault = newerFault(place.shown, schema) ?? olderFault(place.shown, schema)
    if (fault !== undefined) throw new StorageError(fault)
    await place.read((tx) => requireWhole(tx, place.shown))
    await endSessions(place.store, byHand('EndSessions'))
    return place.shown
  })

/** How the schema of data stands to this version's. */
export interface SchemaStanding {
  readonly data: string
  readonly schema: number
  readonly newest: number
  readonly pending: readonly SchemaStep[]
  /** Why this version can't work with the data as it is. */
  readonly fault: string | undefined
}

/** Compares the schema of a configuration's data with this version's, also while a server runs; `up` brings it up to date first. */
export const schemaStanding = async ({ database, dataDir }: Config, { up }: { readonly up: boolean }): Promise<SchemaStanding> =>
  withPlace(database ?? dataDir, up ? 'write' : 'look', async (place) => {
    const newer = newerFault(place.shown, await place.schema())
    if (up && newer !== undefined) throw new StorageError(newer)
    if (up) await place.migrate()
    const schema = await place.schema()
    const fault = newer ?? olderFault(place.shown, schema)
    return { data: place.shown, schema, newest: newestSchema, pending: pendingSteps(schema), fault }
  })
