import type { Executor } from './executor.ts'
import { runBatch } from './run-batch.ts'
import { type Call, verbNamed } from './sql/call.ts'
import { newParsedRecords } from './sql/parsed-records.ts'
import type { VerbKind } from './sql/verb.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

/** Runs every verb on one connection, one after another: for `:memory:`, which no second connection can share. */
export const sqliteInline = (connection: SqliteConnection, onFatal: (error: unknown) => void): Executor => {
  const parsed = newParsedRecords()
  const reading = connection.reading(parsed)
  let last: Promise<unknown> = Promise.resolve()

  const write = async (call: Call): Promise<unknown> => {
    // A reader of the same version must not find what a wiped store held.
    if (call.verb === 'wipe') parsed.clear()
    // Copied as they would be on their way to a thread, so that no verb keeps an object of its caller.
    const { outcomes, fatal } = await runBatch(connection, [structuredClone(call)])
    if (fatal) onFatal(fatal)
    const [outcome] = outcomes
    if (outcome === undefined || 'error' in outcome) throw outcome?.error
    return outcome.value
  }

  const start = async (kind: VerbKind, call: Call): Promise<unknown> =>
    kind === 'write' ? write(call) : verbNamed(call.group, call.verb).run(reading, ...call.args)

  return {
    run: (kind, call) => {
      const result = last.then(() => start(kind, call))
      last = result.catch(() => undefined)
      return result
    },
    time: async () => undefined,
    close: async () => {
      await last
      connection.close()
    },
  }
}
