import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { storeOver } from './executor.ts'
import { readPostgresAddress } from './postgres-address.ts'
import { postgresExecutor } from './postgres-executor.ts'
import { postgresFault } from './postgres-fault.ts'
import { migratePostgres } from './postgres-migrate.ts'
import { createPostgresPool } from './postgres-pool.ts'
import { StorageError } from './storage-error.ts'
import type { Store } from './store.ts'

/** Where the database is and how it is used. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port,host:port/database` */
  readonly url: string
  readonly connections?: number
  /** Off for poolers that don't pass prepared statements on; on unless said. */
  readonly prepared?: boolean
  readonly clock: Clock
  readonly random: Random
}

const fewConnections = 10
const grains = 2 ** 20

const explained = (error: unknown, shown: string): StorageError => {
  if (error instanceof StorageError) return error
  const reason = error instanceof Error ? error.message : String(error)
  const what = postgresFault(error) === 'statement failed' ? 'can not be used' : 'does not answer'
  return new StorageError(`The database ${shown} ${what}: ${reason}.`, { cause: error })
}

/**
 * Opens the store in a PostgreSQL database and brings its schema up to date. Throws a StorageError of one sentence when the address is
 * none, no server answers, or the database holds something else.
 */
export const openPostgres = async ({
  url,
  connections = fewConnections,
  prepared = true,
  clock,
  random,
}: PostgresOptions): Promise<Store> => {
  const address = readPostgresAddress(url)
  if ('fault' in address) throw new StorageError(address.fault)
  const jitter = () => random.below(grains) / grains
  const pool = createPostgresPool({ urls: address.urls, connections, prepared, jitter })
  try {
    await migratePostgres({ pool, clock, owner: random.uuid(), shown: address.shown })
    return storeOver(postgresExecutor(pool, jitter))
  } catch (error) {
    await pool.close()
    throw explained(error, address.shown)
  }
}
