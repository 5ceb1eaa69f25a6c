import type { Tx } from './tx.ts'

const take = `INSERT INTO tally (pool_uid, kind, n) VALUES (?, ?, 1)
  ON CONFLICT (pool_uid, kind) DO UPDATE SET n = tally.n + 1 WHERE tally.n < ?`
const turn = `INSERT INTO tally (pool_uid, kind, n) VALUES (?, ?, 1)
  ON CONFLICT (pool_uid, kind) DO UPDATE SET n = tally.n + 1`
const give = 'UPDATE tally SET n = n - 1 WHERE pool_uid = ? AND kind = ? AND n > 0'
const drop = 'DELETE FROM tally WHERE pool_uid = ? AND kind = ?'

/** Counts one more of a kind; false, and nothing written, when there are `limit` already. */
export const takeSlot = async (tx: Tx, poolUid: string, kind: string, limit: number): Promise<boolean> =>
  limit > 0 && (await tx.run(take, poolUid, kind, limit)) > 0

/** Counts one less of a kind. */
export const giveSlot = async (tx: Tx, poolUid: string, kind: string): Promise<void> => {
  await tx.run(give, poolUid, kind)
}

/** On engines that run writers side by side, makes those that name the same row go one after another. */
export const takeTurn = async (tx: Tx, poolUid: string, kind: string): Promise<void> => {
  await tx.run(turn, poolUid, kind)
}

/** Forgets a count or a turn, with what it belongs to. */
export const dropTally = async (tx: Tx, poolUid: string, kind: string): Promise<void> => {
  await tx.run(drop, poolUid, kind)
}
