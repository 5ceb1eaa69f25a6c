import { setTimeout as pause } from 'node:timers/promises'
import type { Executor } from './executor.ts'
import { postgresFault } from './postgres-fault.ts'
import { onConnection, type PostgresConnection, type PostgresPool, statementTimeout } from './postgres-pool.ts'
import { type Call, verbNamed } from './sql/call.ts'
import { newParsedRecords } from './sql/parsed-records.ts'
import { Undo } from './sql/undo.ts'
import type { VerbKind } from './sql/verb.ts'
import { StorageError } from './storage-error.ts'

const mostTries = 10

// One text is one round trip. Poolers hand a connection on between transactions, so nothing is set for longer than one.
const limits = `SET LOCAL statement_timeout = ${statementTimeout}; SET LOCAL idle_in_transaction_session_timeout = ${2 * statementTimeout}`
// Not READ WRITE: a server whose operator made it read-only refuses.
const beginWrite = `BEGIN ISOLATION LEVEL READ COMMITTED; ${limits}`
const beginScan = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${limits}`

const now = 'SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT) AS at'

/** No answer to COMMIT: another try could do twice what was done. */
const unknownOutcome = (cause: unknown) =>
  new StorageError('The connection to the database ended during a commit: whether the change was kept is not known.', { cause })

const notReplicated = () =>
  new StorageError('The wait for a synchronous standby was ended during a commit: whether the change outlives the primary is not known.')

const unavailable = (cause: unknown) =>
  new StorageError(`The database does not answer: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause })

const runWrite = async ({ tx, command, commit }: PostgresConnection, { group, verb, args }: Call): Promise<unknown> => {
  await command(beginWrite)
  const value = await verbNamed(group, verb).run(tx, ...args)
  if (value instanceof Undo) {
    await command('ROLLBACK')
    return value.result
  }
  const isCertain = await commit().catch((error: unknown) => {
    const fault = postgresFault(error)
    throw fault === 'connection lost' || fault === 'no answer' ? unknownOutcome(error) : error
  })
  if (!isCertain) throw notReplicated()
  return value
}

const askTime = async ({ tx }: PostgresConnection): Promise<number | undefined> => (await tx.get<{ at: number }>(now))?.at

const runScan = async ({ tx, command }: PostgresConnection, { group, verb, args }: Call): Promise<unknown> => {
  await command(beginScan)
  const value = await verbNamed(group, verb).run(tx, ...args)
  await command('COMMIT')
  return value
}

/** Whether the connection can be used on: what a failed verb began has to be taken back. */
const takeBack = async ({ command }: PostgresConnection): Promise<boolean> =>
  command('ROLLBACK').then(
    () => true,
    () => false,
  )

/**
 * Runs each verb on a connection of its own: a write in one transaction (READ COMMITTED: every invariant is a conflict on one row), a scan
 * in one snapshot, a point read statement by statement. Conflicts, and connections that end before COMMIT, lead to another try.
 */
export const postgresExecutor = (pool: PostgresPool, jitter: () => number): Executor => {
  const parsed = newParsedRecords()

  const take = () =>
    pool.take().catch((error: unknown) => {
      throw unavailable(error)
    })

  const once = async (kind: VerbKind, call: Call): Promise<unknown> => {
    const connection = await take()
    let broken = false
    try {
      if (kind === 'write') return await runWrite(connection, call)
      if (kind === 'scan') return await runScan(connection, call)
      return await verbNamed(call.group, call.verb).run({ ...connection.tx, parsed }, ...call.args)
    } catch (error) {
      const fault = postgresFault(error)
      broken = error instanceof StorageError || fault === 'connection lost' || fault === 'no answer'
      if (!broken && (kind === 'write' || kind === 'scan')) broken = !(await takeBack(connection))
      throw error
    } finally {
      connection.release(broken)
    }
  }

  return {
    run: async (kind, call) => {
      for (let tries = 1; ; tries += 1) {
        try {
          const value = await once(kind, call)
          if (call.verb === 'wipe') parsed.clear()
          return value
        } catch (error) {
          const fault = error instanceof StorageError ? 'statement failed' : postgresFault(error)
          if (fault === 'statement failed') throw error
          // Who waited that long for one answer is told so rather than kept for another one.
          if (fault === 'no answer' || tries >= mostTries) throw unavailable(error)
          await pause(Math.min(200, 2 ** tries) * (0.5 + jitter()))
        }
      }
    },
    time: () => onConnection(take, askTime),
    close: () => pool.close(),
  }
}
