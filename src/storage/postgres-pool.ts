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
  /** ms; a statement that takes longer has failed. */
  readonly timeout?: number
  /** 0 <= n < 1; spreads what many connections and nodes would do at once. */
  readonly jitter: () => number
}

/** A connection for as long as one verb runs. */
export interface PostgresConnection {
  readonly tx: Tx
  /** A command without parameters, or several in one text that travel together. */
  command(text: string): Promise<void>
  /** Ends the transaction; false when it can't be told whether the change outlives this server. Rejects when the server took it back. */
  commit(): Promise<boolean>
  /** Gives it back; one that broke is thrown away. */
  release(broken: boolean): void
}

/** A bounded number of connections to the server that takes writes, all to the same one. */
export interface PostgresPool {
  /** Waits until one is free, or a server answers again; rejects after about ten seconds of failures. */
  take(): Promise<PostgresConnection>
  close(): Promise<void>
}

/** Does something on a connection, which is not used again when that fails. */
export const onConnection = async <T>(
  take: () => Promise<PostgresConnection>,
  work: (connection: PostgresConnection) => Promise<T>,
): Promise<T> => {
  const connection = await take()
  let broken = true
  try {
    const value = await work(connection)
    broken = false
    return value
  } finally {
    connection.release(broken)
  }
}

/** ms; a statement of a verb that takes longer has failed. */
export const statementTimeout = 10_000
const connectTimeout = 3000
/** ms from the first failure on */
const longestWait = 10_000
/** ms between two tries */
const longestPause = 300
/** Seconds; connections are renewed, because failovers and rotated certificates show only in new ones. */
const longestLife = 1800

const int8 = 20
const types = {
  // Counts and times stay far below 2^53.
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')),
} as unknown as pg.CustomTypesConfig

class ReadOnlyServer extends Error {
  readonly code = '25006'
}

class ServerLeft extends Error {
  readonly code = '08006'
}

const requireWritable = async (client: pg.ClientBase): Promise<void> => {
  // Answered at once or not at all: a server that hangs would keep the connection for as long as any other statement.
  const question = { text: 'SHOW transaction_read_only', query_timeout: connectTimeout }
  const { rows } = await client.query<{ transaction_read_only: string }>(question)
  if (rows[0]?.transaction_read_only !== 'off') throw new ReadOnlyServer('The database server takes no writes: it is a standby.')
}

/** SQLSTATE of the warning that somebody ended the wait for a synchronous standby: PostgreSQL calls the change committed all the same. */
const notReplicated = '01000'

const commitOn = async (client: pg.PoolClient): Promise<boolean> => {
  let isCertain = true
  const note = ({ code }: { readonly code?: string | undefined }) => {
    if (code === notReplicated) isCertain = false
  }
  client.on('notice', note)
  try {
    const { command } = await client.query('COMMIT')
    // ROLLBACK is what PostgreSQL answers, without an error, for a transaction in which a statement failed.
    if (command !== 'COMMIT') throw new Error('The database took the transaction back at its commit.')
    return isCertain
  } finally {
    client.off('notice', note)
  }
}

type Ask = (query: pg.QueryConfig) => Promise<pg.QueryResult>

const txOver = (ask: Ask, prepared: boolean, serial: () => number): Tx => {
  const query = (sql: string, values: readonly SqlValue[]) => {
    const { name, text } = postgresStatement(sql)
    return ask(prepared ? { name, text, values: [...values] } : { text, values: [...values] })
  }
  return {
    get: async <T>(sql: string, ...values: readonly SqlValue[]) => (await query(sql, values)).rows[0] as T | undefined,
    all: async <T>(sql: string, ...values: readonly SqlValue[]) => (await query(sql, values)).rows as T[],
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    serial,
  }
}

const openPool = (url: string | undefined, connections: number, life: number, timeout: number): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types,
    application_name: 'poolhouse',
    connectionTimeoutMillis: connectTimeout,
    query_timeout: timeout + 1000,
    maxLifetimeSeconds: life,
    keepAlive: true,
    allowExitOnIdle: true,
    onConnect: requireWritable,
  })
  // An idle connection that breaks is out of the pool already; one that is in use fails the statement under way, or the next one.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Opens connections as they are needed, at most `connections`. */
export const createPostgresPool = ({
  urls,
  connections,
  prepared,
  timeout = statementTimeout,
  jitter,
}: PostgresPoolOptions): PostgresPool => {
  let host = 0
  let closing = false
  const open = () => openPool(urls[host], connections, Math.round(longestLife * (0.75 + jitter() / 2)), timeout)
  let pool = open()
  const waiting = new Set<() => void>()
  let count = 0
  const serial = () => count++

  /** Lets every connection of a pool go, unless somebody was faster, so that none goes on with a server that was left. */
  const leave = (left: pg.Pool, hostsOn: 0 | 1): void => {
    if (closing || left !== pool) return
    host = (host + hostsOn) % urls.length
    pool = open()
    // Those in use end when they are given back.
    left.end().catch(() => undefined)
    for (const giveUp of waiting) giveUp()
  }

  /** Rejects at once when the pool is left, which would let who waits in its queue wait on for nothing. */
  const connectThrough = (from: pg.Pool): Promise<pg.PoolClient> =>
    new Promise((resolve, reject) => {
      const giveUp = () => reject(new ServerLeft('The database server was left for another one.'))
      waiting.add(giveUp)
      from.connect().then(
        (client) => {
          // What was given up meanwhile has no use for it.
          if (waiting.delete(giveUp) && from === pool) resolve(client)
          else {
            client.release(true)
            giveUp()
          }
        },
        (error: unknown) => {
          waiting.delete(giveUp)
          reject(error)
        },
      )
    })

  const connect = async (): Promise<{ readonly client: pg.PoolClient; readonly from: pg.Pool }> => {
    let isLate = false
    let timer: NodeJS.Timeout | undefined
    try {
      for (let tries = 1; ; tries += 1) {
        const from = pool
        try {
          return { client: await connectThrough(from), from }
        } catch (error) {
          const fault = postgresFault(error)
          if (closing || isLate || fault === 'statement failed') throw error
          timer ??= setTimeout(() => {
            isLate = true
          }, longestWait)
          if (fault !== 'all taken' && urls.length > 1) leave(from, 1)
          // A round over all servers without a pause, then ever longer ones.
          const round = Math.min(8, Math.floor(tries / urls.length))
          if (tries % urls.length === 0) await pause(Math.min(longestPause, 50 * 2 ** round) * (0.5 + jitter()))
        }
      }
    } finally {
      clearTimeout(timer)
    }
  }

  /**
   * A server that takes no writes any more, or hangs, has more connections here that would all be found out one by one. Where a commit hangs
   * the others are asked first: a primary that has lost its standbys to another one goes on calling itself writable. One slow read is no
   * reason to go elsewhere.
   */
  const judge = (from: pg.Pool, error: unknown, isCommit: boolean): void => {
    if ((error as { code?: unknown } | null)?.code === '25006') leave(from, 1)
    else if (postgresFault(error) === 'no answer') leave(from, isCommit ? 1 : 0)
  }

  return {
    take: async () => {
      const { client, from } = await connect()
      const judged = async <T>(work: Promise<T>, isCommit = false): Promise<T> => {
        try {
          return await work
        } catch (error) {
          judge(from, error, isCommit)
          throw error
        }
      }
      return {
        tx: txOver((query) => judged(client.query(query)), prepared, serial),
        command: async (text) => void (await judged(client.query(text))),
        commit: () => judged(commitOn(client), true),
        release: (broken) => client.release(broken),
      }
    },
    close: async () => {
      closing = true
      await pool.end()
    },
  }
}
