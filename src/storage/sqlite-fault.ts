import { StorageError } from './storage-error.ts'

/** A failure of the database as a whole rather than of a statement; after a fatal one nothing more may be written. */
export interface SqliteFault {
  readonly error: StorageError
  readonly fatal: boolean
}

const full = 13

// https://www.sqlite.org/rescode.html, primary codes
const sentences: Readonly<Record<number, { readonly text: string; readonly fatal: boolean }>> = {
  5: { text: 'another program keeps the database locked', fatal: false },
  7: { text: 'there is no memory left for the database', fatal: true },
  8: { text: 'the database can only be read', fatal: true },
  10: { text: 'the disk failed under the database', fatal: true },
  11: { text: 'the database file is damaged', fatal: true },
  [full]: { text: 'the disk is full', fatal: false },
  14: { text: 'the database file can not be opened', fatal: true },
  26: { text: 'the file is not a database', fatal: true },
}

/** SQLITE_IOERR_SHMSIZE: the index of the log could not grow, "the underlying filesystem volume is out of space". */
const noRoomForIndex = 4874

/** SQLite's primary result code; undefined for other errors. */
export const sqliteCode = (error: unknown): number | undefined => {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return undefined
  return error.errcode === noRoomForIndex ? full : error.errcode & 0xff
}

/** What failed, when it was the database itself. */
export const sqliteFault = (error: unknown): SqliteFault | undefined => {
  const sentence = sentences[sqliteCode(error) ?? 0]
  if (sentence === undefined) return undefined
  const detail = error instanceof Error ? ` (${error.message})` : ''
  return { error: new StorageError(`Writing failed: ${sentence.text}${detail}.`, { cause: error }), fatal: sentence.fatal }
}
