import { readPostgresAddress } from '../domain/postgres-address.ts'
import type { DataPlace } from './data-place.ts'
import { storeOver } from './executor.ts'
import { explainedPostgres, type PostgresOptions } from './open-postgres.ts'
import { postgresExecutor } from './postgres-executor.ts'
import { migratePostgres, postgresSchema } from './postgres-migrate.ts'
import { createPostgresPool, type PostgresConnection } from './postgres-pool.ts'
import { StorageError } from './storage-error.ts'

/** ms; counting the rows of a large table takes its time. */
const longest = 3_600_000

/** Opens a PostgreSQL database as a whole. Throws a StorageError when the address is none; the database is asked at first need. */
export const openPostgresPlace = ({ url, clock, random }: Pick<PostgresOptions, 'url' | 'clock' | 'random'>): DataPlace => {
  const address = readPostgresAddress(url)
  if ('fault' in address) throw new StorageError(address.fault)
  const { shown } = address
  const jitter = () => random.below(1000) / 1000
  // No prepared statements: poolers may stand between, and what is sent is large beside its text.
  const pool = createPostgresPool({ urls: address.urls, connections: 2, prepared: false, timeout: longest, jitter })

  const withConnection = async <T>(work: (connection: PostgresConnection) => Promise<T>): Promise<T> => {
    let connection: PostgresConnection | undefined
    let broken = true
    try {
      connection = await pool.take()
      const value = await work(connection)
      broken = false
      return value
    } catch (error) {
      throw explainedPostgres(error, shown)
    } finally {
      // One whose transaction failed is thrown away with it.
      connection?.release(broken)
    }
  }

  return {
    shown,
    schema: () => withConnection((connection) => postgresSchema(connection, shown)),
    migrate: async () => {
      try {
        await migratePostgres({ urls: address.urls, jitter, clock, owner: random.uuid(), shown })
      } catch (error) {
        throw explainedPostgres(error, shown)
      }
    },
    read: (work) => withConnection(({ tx }) => work(tx)),
    write: (work) =>
      withConnection(async ({ tx, command, commit }) => {
        await command('BEGIN ISOLATION LEVEL READ COMMITTED')
        const value = await work(tx)
        if (!(await commit())) throw new StorageError(`Whether ${shown} keeps what was written is not known.`)
        return value
      }),
    store: storeOver(postgresExecutor(pool, jitter)),
    close: () => pool.close(),
  }
}
