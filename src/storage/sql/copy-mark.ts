import type { Tx } from './tx.ts'

const find = `SELECT value FROM meta WHERE name = 'copy'`
const claim = `INSERT INTO meta (name, value) VALUES ('copy', ?) ON CONFLICT DO NOTHING`
const move = `UPDATE meta SET value = ? WHERE name = 'copy' AND value = ?`
const end = `DELETE FROM meta WHERE name = 'copy' AND value = ?`

/** The name of the row of `meta` that says how far a copy is that was begun into a database; there is none in whole data. */
export const copyMarkName = 'copy'

/** The mark of a copy that is not complete. */
export const findCopyMark = async (tx: Tx): Promise<string | undefined> => (await tx.get<{ value: string }>(find))?.value

/** Begins a copy; of several, one gets true. */
export const claimCopyMark = async (tx: Tx, value: string): Promise<boolean> => (await tx.run(claim, value)) > 0

/** Moves the mark on; false when it is not `from` any more, because somebody else did. */
export const moveCopyMark = async (tx: Tx, from: string, to: string): Promise<boolean> => (await tx.run(move, to, from)) > 0

/** Ends a copy: the data is whole. */
export const endCopyMark = async (tx: Tx, from: string): Promise<boolean> => (await tx.run(end, from)) > 0
