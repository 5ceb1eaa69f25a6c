import { findCopyMark } from './sql/copy-mark.ts'
import type { Tx } from './sql/tx.ts'
import { StorageError } from './storage-error.ts'

/** Throws a StorageError for data that a copy has not brought to its end: a part of it may be missing. */
export const requireWhole = async (tx: Tx, shown: string): Promise<void> => {
  if ((await findCopyMark(tx)) === undefined) return
  throw new StorageError(`${shown} holds a copy that is not complete: run the same \`poolhouse copy\` again, which goes on where it ended.`)
}
