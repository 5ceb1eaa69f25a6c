import type { Tx } from './tx.ts'

const take = `INSERT INTO tally (pool_uid, kind, n) VALUES (?, ?, 1)
  ON CONFLICT (pool_uid, kind) DO UPDATE SET n = tally.n + 1 WHERE tally.n < ?`
const give = 'UPDATE tally SET n = n - 1 WHERE pool_uid = ? AND kind = ? AND n > 0'

/** Stands for the server itself in the first column of keys. */
export const serverUid = 'server'

/** Counts one more of a kind; false, and nothing written, when there are `limit` already. */
export const takeSlot = async (tx: Tx, poolUid: string, kind: string, limit: number): Promise<boolean> =>
  limit > 0 && (await tx.run(take, poolUid, kind, limit)) > 0

/** Counts one less of a kind. */
export const giveSlot = async (tx: Tx, poolUid: string, kind: string): Promise<void> => {
  await tx.run(give, poolUid, kind)
}
