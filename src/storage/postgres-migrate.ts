import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { PostgresConnection, PostgresPool } from './postgres-pool.ts'
import { postgresDdl } from './postgres-statement.ts'
import { newerFault } from './schema-fault.ts'
import { migrations } from './sql/tables.ts'
import { StorageError } from './storage-error.ts'

const stateTable = 'CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT NOT NULL, PRIMARY KEY (number))'
const [, leaseTable = ''] = migrations

const tables = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`
const newest = 'SELECT max(number) AS n FROM schema_migration'
const record = 'INSERT INTO schema_migration (number) VALUES (?) ON CONFLICT DO NOTHING'

const takeLease = `INSERT INTO lease (name, owner, expires_at, fencing) VALUES ('migrations', ?, ?, 1)
  ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at, fencing = lease.fencing + 1
  WHERE lease.expires_at <= ? OR lease.owner = excluded.owner`
const endLease = `DELETE FROM lease WHERE name = 'migrations' AND owner = ?`

const leaseMs = 60_000
const longestWait = 120_000

// Two sessions that create the same table at once can meet in the catalogue, in spite of IF NOT EXISTS.
const met = new Set(['23505', '42710', '42P07', '40001', '40P01', 'XX000'])

const create = async ({ command }: PostgresConnection, ddl: string): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      await command(postgresDdl(ddl))
      return
    } catch (error) {
      if (tries >= 10 || !met.has(String((error as { code?: unknown }).code))) throw error
      await pause(20 * tries)
    }
  }
}

const schemaOf = async ({ tx }: PostgresConnection): Promise<number> => (await tx.get<{ n: number | null }>(newest))?.n ?? 0

/** The number of the newest step that a database has, 0 for an empty one. Throws a StorageError when it holds something else; changes nothing. */
export const postgresSchema = async (connection: PostgresConnection, shown: string): Promise<number> => {
  const names = (await connection.tx.all<{ name: string }>(tables)).map(({ name }) => name)
  if (names.length > 0 && !names.includes('schema_migration'))
    throw new StorageError(
      `${shown} holds tables of another program; nothing was changed. Name an empty database, or a schema of its own by ?options=-csearch_path%3Dpoolhouse.`,
    )
  return names.length === 0 ? 0 : schemaOf(connection)
}

const requireOwn = async (connection: PostgresConnection, shown: string): Promise<void> => {
  const fault = newerFault(shown, await postgresSchema(connection, shown))
  if (fault !== undefined) throw new StorageError(fault)
}

/** What brings a database's schema up to date. */
export interface PostgresMigration {
  readonly pool: PostgresPool
  readonly clock: Clock
  /** Of this node; two of them never migrate at once. */
  readonly owner: string
  /** The address as messages may show it. */
  readonly shown: string
}

/**
 * Brings the schema up to date, one node at a time under a lease; the others wait. Each step is one statement that may run twice, so a
 * node that dies in the middle leaves nothing that the next one can't go on from.
 */
export const migratePostgres = async ({ pool, clock, owner, shown }: PostgresMigration): Promise<void> => {
  const connection = await pool.take()
  let broken = true
  try {
    await requireOwn(connection, shown)
    await create(connection, stateTable)
    if ((await schemaOf(connection)) < migrations.length) {
      await create(connection, leaseTable)
      const started = clock.now()
      while (!(await connection.tx.run(takeLease, owner, clock.now() + leaseMs, clock.now()))) {
        if (clock.now() - started > longestWait)
          throw new StorageError(`Another node has been changing the schema of ${shown} for two minutes.`)
        await pause(200)
      }
      for (let done = await schemaOf(connection); done < migrations.length; done += 1) {
        await create(connection, migrations[done] ?? '')
        await connection.tx.run(record, done + 1)
        await connection.tx.run(takeLease, owner, clock.now() + leaseMs, clock.now())
      }
      await connection.tx.run(endLease, owner)
    }
    broken = false
  } finally {
    connection.release(broken)
  }
}
