import type { DatabaseSync } from 'node:sqlite'
import { type Call, verbNamed } from './sql/call.ts'
import { Undo } from './sql/undo.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import { sqliteFault } from './sqlite-fault.ts'

/** How one verb ended. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown }

/** How a batch ended: each verb's outcome in order and, when the database can't be trusted with another write, why. */
export interface BatchResult {
  readonly outcomes: readonly Outcome[]
  readonly fatal?: unknown
}

const runOne = async ({ tx }: SqliteConnection, { group, verb, args }: Call): Promise<Outcome> => {
  await tx.run('SAVEPOINT verb')
  try {
    const value = await verbNamed(group, verb).run(tx, ...args)
    if (value instanceof Undo) await tx.run('ROLLBACK TO verb')
    await tx.run('RELEASE verb')
    return { value: value instanceof Undo ? value.result : value }
  } catch (error) {
    if (sqliteFault(error)) throw error
    await tx.run('ROLLBACK TO verb')
    await tx.run('RELEASE verb')
    return { error }
  }
}

const takeBack = (db: DatabaseSync): void => {
  try {
    if (db.isTransaction) db.exec('ROLLBACK')
  } catch {
    // SQLite takes back by itself what a crash would have left; the error that led here is the one to tell.
  }
}

/**
 * Runs writing verbs strictly one after another in one transaction: a verb that throws or takes itself back leaves nothing, all
 * others are durable when the promise resolves. When the database itself fails, none is.
 */
export const runBatch = async (connection: SqliteConnection, calls: readonly Call[]): Promise<BatchResult> => {
  const { db, tx } = connection
  try {
    await tx.run('BEGIN IMMEDIATE')
    const outcomes: Outcome[] = []
    for (const call of calls) outcomes.push(await runOne(connection, call))
    await tx.run('COMMIT')
    return { outcomes }
  } catch (error) {
    takeBack(db)
    const fault = sqliteFault(error)
    const outcomes = calls.map(() => ({ error: fault?.error ?? error }))
    return fault?.fatal ? { outcomes, fatal: fault.error } : { outcomes }
  }
}
