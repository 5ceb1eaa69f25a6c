import type { Tx } from './tx.ts'

const exactUpTo = 10_000

const sampleEnd = 'SELECT user_id FROM pool_user WHERE pool_uid = ? ORDER BY user_id LIMIT 1 OFFSET ?'
const count = 'SELECT count(*) AS n FROM pool_user WHERE pool_uid = ?'

/** How much of the whole range of random UUIDs comes before this one; NaN for another kind of id. */
const shareBefore = (uuid: string): number => {
  const digits = uuid.slice(0, 13).replace('-', '')
  return /^[0-9a-f]{12}$/.test(digits) ? Number.parseInt(digits, 16) / 16 ** 12 : Number.NaN
}

/**
 * How many users a pool has: exact up to 10,000, beyond that reckoned from how densely the ids lie (they are random, so the error
 * is about 1 %), at a cost that does not grow with the pool.
 */
export const estimateUsers = async (tx: Tx, poolUid: string): Promise<number> => {
  const end = await tx.get<{ user_id: string }>(sampleEnd, poolUid, exactUpTo)
  const share = end ? shareBefore(end.user_id) : Number.NaN
  if (share > 0) return Math.max(exactUpTo + 1, Math.round(exactUpTo / share))
  return (await tx.get<{ n: number }>(count, poolUid))?.n ?? 0
}
