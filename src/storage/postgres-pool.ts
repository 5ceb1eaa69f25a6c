import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { postgresFault } from './postgres-fault.ts'
import { postgresStatement } from './postgres-statement.ts'
import type { SqlValue, Tx } from './sql/tx.ts'

/** How connections are made and kept. */
export interface PostgresPoolOptions {
  /** Tried in turn; the one that takes writes is used. */
  readonly urls: readonly string[]
  readonly connections: number
  /** Statements that PostgreSQL keeps prepared; off for poolers that don't pass them on. */
  readonly prepared: boolean
  /** 0 <= n < 1; spreads what many connections and nodes would do at once. */
  readonly jitter: () => number
}

/** A connection for as long as one verb runs. */
export interface PostgresConnection {
  readonly tx: Tx
  /** A command without parameters, or several in one text that travel together. */
  command(text: string): Promise<void>
  /** Gives it back; one that broke is thrown away. */
  release(broken: boolean): void
}

/** A bounded number of connections to the server that takes writes. */
export interface PostgresPool {
  /** Waits until one is free, or a server answers again; rejects after about ten seconds. */
  take(): Promise<PostgresConnection>
  close(): Promise<void>
}

/** ms; a statement that takes longer has failed. */
export const statementTimeout = 10_000
const connectTimeout = 3000
/** Seconds; connections are renewed, because failovers and rotated certificates show only in new ones. */
const longestLife = 1800
const mostTries = 16

const int8 = 20
const types = {
  // Counts and times stay far below 2^53.
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')),
} as unknown as pg.CustomTypesConfig

class ReadOnlyServer extends Error {
  readonly code = '25006'
}

const requireWritable = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ transaction_read_only: string }>('SHOW transaction_read_only')
  if (rows[0]?.transaction_read_only !== 'off') throw new ReadOnlyServer('The database server takes no writes: it is a standby.')
}

const txOver = (client: pg.PoolClient, prepared: boolean, serial: () => number): Tx => {
  const query = (sql: string, values: readonly SqlValue[]) => {
    const { name, text } = postgresStatement(sql)
    return client.query(prepared ? { name, text, values: [...values] } : { text, values: [...values] })
  }
  return {
    get: async <T>(sql: string, ...values: readonly SqlValue[]) => (await query(sql, values)).rows[0] as T | undefined,
    all: async <T>(sql: string, ...values: readonly SqlValue[]) => (await query(sql, values)).rows as T[],
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    serial,
  }
}

/** Opens connections as they are needed, at most `connections`. */
export const createPostgresPool = ({ urls, connections, prepared, jitter }: PostgresPoolOptions): PostgresPool => {
  let host = 0
  let closing = false
  // The pool makes clients from one set of options; which of the servers a new one goes to is decided here.
  class ClientOfCurrentHost extends pg.Client {
    constructor(options?: pg.ClientConfig) {
      super({ ...options, connectionString: urls[host % urls.length] })
    }
  }
  const pool = new pg.Pool({
    Client: ClientOfCurrentHost,
    max: connections,
    types,
    application_name: 'poolhouse',
    connectionTimeoutMillis: connectTimeout,
    query_timeout: statementTimeout + 1000,
    maxLifetimeSeconds: Math.round(longestLife * (0.75 + jitter() / 2)),
    keepAlive: true,
    allowExitOnIdle: true,
    onConnect: requireWritable,
  })
  // An idle connection that breaks is out of the pool already; one that is in use fails the statement under way, or the next one.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  let count = 0
  const serial = () => count++

  const connect = async (): Promise<pg.PoolClient> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await pool.connect()
      } catch (error) {
        if (closing || tries >= mostTries || postgresFault(error) === 'statement failed') throw error
        host += 1
        // A round over all servers without a pause, then ever longer ones.
        const round = Math.floor(tries / urls.length)
        if (tries % urls.length === 0) await pause(Math.min(1000, 50 * 2 ** round) * (0.5 + jitter()))
      }
    }
  }

  return {
    take: async () => {
      const client = await connect()
      return {
        tx: txOver(client, prepared, serial),
        command: async (text) => void (await client.query(text)),
        release: (broken) => client.release(broken),
      }
    },
    close: async () => {
      closing = true
      await pool.end()
    },
  }
}
