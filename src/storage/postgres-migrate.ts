import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { createPostgresPool, onConnection, type PostgresConnection, type PostgresPool, type PostgresPoolOptions } from './postgres-pool.ts'
import { postgresDdl } from './postgres-statement.ts'
import { newerFault } from './schema-fault.ts'
import { newestStep, newestUsable, recordStep, recordUsable, stepTable, usableTable } from './schema-state.ts'
import { migrations, usableFrom } from './sql/tables.ts'
import { StorageError } from './storage-error.ts'

const [, leaseTable = ''] = migrations

const tables = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`

const takeLease = `INSERT INTO lease (name, owner, expires_at, fencing) VALUES ('migrations', ?, ?, 1)
  ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at, fencing = lease.fencing + 1
  WHERE lease.expires_at <= ? OR lease.owner = excluded.owner`
const endLease = `DELETE FROM lease WHERE name = 'migrations' AND owner = ?`

const longestWait = 120_000
/** ms; an index of a large table takes its time. */
const longestStep = 86_400_000

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

const numberOf = async ({ tx }: PostgresConnection, sql: string): Promise<number> => (await tx.get<{ n: number | null }>(sql))?.n ?? 0

const tablesOf = async ({ tx }: PostgresConnection) => (await tx.all<{ name: string }>(tables)).map(({ name }) => name)

/** The number of the newest step that a database has, 0 for an empty one. Throws a StorageError when it holds something else; changes nothing. */
export const postgresSchema = async (connection: PostgresConnection, shown: string): Promise<number> => {
  const names = await tablesOf(connection)
  if (names.length > 0 && !names.includes('schema_migration'))
    throw new StorageError(
      `${shown} holds tables of another program; nothing was changed. Name an empty database, or a schema of its own by ?options=-csearch_path%3Dpoolhouse.`,
    )
  return names.length === 0 ? 0 : numberOf(connection, newestStep)
}

/** Text of whatever script is stored and compared as UTF-8; any other encoding refuses or changes some of it. */
const requireUtf8 = async ({ tx }: PostgresConnection, shown: string): Promise<void> => {
  const { server_encoding: encoding } = (await tx.get<{ server_encoding: string }>('SHOW server_encoding')) ?? {}
  if (encoding !== 'UTF8')
    throw new StorageError(`${shown} has the encoding ${encoding}: make a database with ENCODING 'UTF8'. Nothing was changed.`)
}

/**
 * The number of the newest step that a database has, 0 for an empty one. Throws a StorageError when it holds something else, or data of a
 * newer version that this version's server can't use.
 */
export const requireUsablePostgres = async (connection: PostgresConnection, shown: string): Promise<number> => {
  await requireUtf8(connection, shown)
  const schema = await postgresSchema(connection, shown)
  const usable = (await tablesOf(connection)).includes('schema_usable_from') ? await numberOf(connection, newestUsable) : schema
  const fault = newerFault(shown, schema, usable)
  if (fault !== undefined) throw new StorageError(fault)
  return schema
}

/** What brings a database's schema up to date. */
export interface PostgresMigration extends Pick<PostgresPoolOptions, 'urls' | 'jitter'> {
  readonly clock: Clock
  /** Of this node; two of them never migrate at once. */
  readonly owner: string
  /** The address as messages may show it. */
  readonly shown: string
  /** ms after which the others go on without a node that says nothing. */
  readonly leaseMs?: number
}

type Lease = Required<Pick<PostgresMigration, 'clock' | 'owner' | 'shown' | 'leaseMs'>>

/** Waits for the lease, and renews it for as long as `work` takes, however long one step is; ends it also when the work fails. */
const underLease = async (pool: PostgresPool, { clock, owner, shown, leaseMs }: Lease, work: () => Promise<void>): Promise<void> => {
  const takesLease = () =>
    onConnection(pool.take, ({ tx }) => Promise.resolve(tx.run(takeLease, owner, clock.now() + leaseMs, clock.now())))
  const started = clock.now()
  while (!(await takesLease())) {
    if (clock.now() - started > longestWait)
      throw new StorageError(`Another node has been changing the schema of ${shown} for two minutes.`)
    await pause(200)
  }
  let renewal: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    renewal = renewal.then(takesLease).catch(() => undefined)
  }, leaseMs / 3)
  try {
    await work()
  } finally {
    clearInterval(timer)
    await renewal
    // One that can't be ended now is over by itself soon.
    await onConnection(pool.take, ({ tx }) => Promise.resolve(tx.run(endLease, owner))).catch(() => undefined)
  }
}

const runSteps = async (connection: PostgresConnection): Promise<void> => {
  // Before the steps: an older server that starts meanwhile is refused rather than let in to what it does not understand.
  await create(connection, usableTable)
  await connection.tx.run(recordUsable, usableFrom)
  for (let done = await numberOf(connection, newestStep); done < migrations.length; done += 1) {
    await create(connection, migrations[done] ?? '')
    await connection.tx.run(recordStep, done + 1)
  }
}

/**
 * Brings the schema up to date, one node at a time under a lease; the others wait. Each step is one statement that may run twice, so a
 * node that dies in the middle leaves nothing that the next one can't go on from.
 */
export const migratePostgres = async (migration: PostgresMigration): Promise<void> => {
  const { urls, jitter, shown, leaseMs = 60_000 } = migration
  // The lease has connections of its own: it is renewed while a step runs, and ended where a step broke its connection.
  const pool = createPostgresPool({ urls, jitter, connections: 1, prepared: false })
  const steps = createPostgresPool({ urls, jitter, connections: 1, prepared: false, timeout: longestStep })
  try {
    const isPending = await onConnection(pool.take, async (connection) => {
      await requireUsablePostgres(connection, shown)
      await create(connection, stepTable)
      if ((await numberOf(connection, newestStep)) >= migrations.length) return false
      await create(connection, leaseTable)
      return true
    })
    if (isPending) await underLease(pool, { ...migration, leaseMs }, () => onConnection(steps.take, runSteps))
  } finally {
    await Promise.all([pool.close(), steps.close()])
  }
}
