import { StorageError } from './storage-error.ts'

/** A failure of the database as a whole rather than of a statement; after a fatal one nothing more may be written. */
export interface SqliteFault {
  readonly error: StorageError
  readonly fatal: boolean
}

// https://www.sqlite.org/rescode.html, primary codes
const sentences: Readonly<Record<number, { readonly text: string; readonly fatal: boolean }>> = {
  5: { text: 'another program keeps the database locked', fatal: false },
  7: { text: 'there is no memory left for the database', fatal: true },
  8: { text: 'the database can only be read', fatal: true },
  10: { text: 'the disk failed under the database', fatal: true },
  11: { text: 'the database file is damaged', fatal: true },
  13: { text: 'the disk is full', fatal: false },
  14: { text: 'the database file can not be opened', fatal: true },
  26: { text: 'the file is not a database', fatal: true },
}

/** SQLite's primary result code; undefined for other errors. */
export const sqliteCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined

/** What failed, when it was the database itself. */
export const sqliteFault = (error: unknown): SqliteFault | undefined => {
  const sentence = sentences[sqliteCode(error) ?? 0]
  if (sentence === undefined) return undefined
  const detail = error instanceof Error ? ` (${error.message})` : ''
  return { error: new StorageError(`Writing failed: ${sentence.text}${detail}.`, { cause: error }), fatal: sentence.fatal }
}
