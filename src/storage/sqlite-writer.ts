import type { Executor } from './executor.ts'
import { verbNamed } from './sql/call.ts'
import { newParsedRecords } from './sql/parsed-records.ts'
import { connectSqlite } from './sqlite-connection.ts'
import { type SqliteThread, startSqliteThread } from './sqlite-thread.ts'
import { StorageError } from './storage-error.ts'

/** ms in which the refusals of what was under way still reach those who asked. */
const parting = 50

/**
 * Runs writes on a thread of their own, which commits in groups, point reads at once on this thread, and scans on a third. Either thread is
 * started when there is something to do for it: each takes 12 MB or more, and time of a start.
 */
export const sqliteWriter = (path: string, onFatal: (error: Error) => void): Executor => {
  const connection = connectSqlite(path, 'read')
  const parsed = newParsedRecords()
  const reading = connection.reading(parsed)
  let writer: SqliteThread | undefined
  let scanner: SqliteThread | undefined
  let isClosed = false

  const startWriter = () => startSqliteThread({ path, role: 'write' }, (error) => setTimeout(onFatal, parting, error))
  const startScanner = (): SqliteThread => {
    const started = startSqliteThread({ path, role: 'read' }, () => {
      // Its calls were refused; the next scan gets a new thread.
      if (scanner === started) scanner = undefined
    })
    return started
  }

  return {
    run: (kind, call) => {
      if (kind === 'point' || kind === 'recent') return verbNamed(call.group, call.verb).run(reading, ...call.args)
      // A thread that starts now would write to a folder that somebody else may hold by then.
      if (isClosed) return Promise.reject(new StorageError('The store is closed.'))
      if (kind === 'scan') {
        scanner ??= startScanner()
        return scanner.run(call)
      }
      writer ??= startWriter()
      const written = writer.run(call)
      return call.verb === 'wipe' ? written.finally(() => parsed.clear()) : written
    },
    time: async () => undefined,
    close: async () => {
      isClosed = true
      await scanner?.close()
      connection.close()
      // The last connection that closes folds the log into the database file.
      await writer?.close()
    },
  }
}
