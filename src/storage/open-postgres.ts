import { type Clock, monotonicClock } from '../clock.ts'
import { readPostgresAddress } from '../domain/postgres-address.ts'
import type { Random } from '../random.ts'
import { storeOver } from './executor.ts'
import { postgresExecutor } from './postgres-executor.ts'
import { postgresFault } from './postgres-fault.ts'
import { migratePostgres, requireUsablePostgres } from './postgres-migrate.ts'
import { createPostgresPool, type PostgresPool } from './postgres-pool.ts'
import { keepRecent } from './recent-reads.ts'
import { requireWhole } from './require-whole.ts'
import { olderFault } from './schema-fault.ts'
import { StorageError } from './storage-error.ts'
import type { Store } from './store.ts'

/** Where the database is and how it is used. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port,host:port/database` */
  readonly url: string
  readonly connections?: number
  /** Off for poolers that don't pass prepared statements on; on unless said. */
  readonly prepared?: boolean
  /** Off: the schema has to be this version's already. */
  readonly migrate?: boolean
  readonly clock: Clock
  readonly random: Random
}

const fewConnections = 10
const grains = 2 ** 20

/** The sentence for whatever kept a database from being used. */
export const explainedPostgres = (error: unknown, shown: string): StorageError => {
  if (error instanceof StorageError) return error
  const reason = error instanceof Error ? error.message : String(error)
  const what = postgresFault(error) === 'statement failed' ? 'can not be used' : 'does not answer'
  const advice = /does not support SSL/.test(reason)
    ? ' Turn TLS on there, or end the address with ?sslmode=disable if nobody else is on the network between.'
    : ''
  return new StorageError(`The database ${shown} ${what}: ${reason.replace(/\.$/, '')}.${advice}`, { cause: error })
}

const requireUse = async (pool: PostgresPool, shown: string): Promise<void> => {
  const connection = await pool.take()
  try {
    const fault = olderFault(shown, await requireUsablePostgres(connection, shown))
    if (fault !== undefined) throw new StorageError(fault)
    await requireWhole(connection.tx, shown)
  } finally {
    connection.release(false)
  }
}

/**
 * Opens the store in a PostgreSQL database and brings its schema up to date. Throws a StorageError of one sentence when the address is
 * none, no server answers, the database holds something else, or a copy into it is not complete.
 */
export const openPostgres = async ({
  url,
  connections = fewConnections,
  prepared = true,
  migrate = true,
  clock,
  random,
}: PostgresOptions): Promise<Store> => {
  const address = readPostgresAddress(url)
  if ('fault' in address) throw new StorageError(address.fault)
  const jitter = () => random.below(grains) / grains
  const pool = createPostgresPool({ urls: address.urls, connections, prepared, jitter })
  try {
    if (migrate) await migratePostgres({ urls: address.urls, jitter, clock, owner: random.uuid(), shown: address.shown })
    await requireUse(pool, address.shown)
    return storeOver(keepRecent(postgresExecutor(pool, jitter), monotonicClock))
  } catch (error) {
    await pool.close()
    throw explainedPostgres(error, address.shown)
  }
}
