import { buckets } from './digest.ts'
import type { Tx } from './tx.ts'

const statements: readonly string[] = [
  `DELETE FROM code WHERE (pool_uid, user_id, purpose) IN
    (SELECT pool_uid, user_id, purpose FROM code WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?)`,
  `DELETE FROM attempt WHERE (pool_uid, subject_hash) IN
    (SELECT pool_uid, subject_hash FROM attempt WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?)`,
  `DELETE FROM quota WHERE (pool_uid, subject_hash) IN
    (SELECT pool_uid, subject_hash FROM quota WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?)`,
  `DELETE FROM spent WHERE (pool_uid, token_hash) IN
    (SELECT pool_uid, token_hash FROM spent WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?)`,
  `DELETE FROM revocation WHERE (pool_uid, origin_id) IN
    (SELECT pool_uid, origin_id FROM revocation WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?)`,
]

/** Removes up to `limit` rows that had expired at `now`; answers how many. */
export const purgeExpired = async (tx: Tx, now: number, limit: number): Promise<number> => {
  let removed = 0
  for (const statement of statements) {
    for (const bucket of buckets) {
      if (removed >= limit) return removed
      removed += await tx.run(statement, bucket, now, limit - removed)
    }
  }
  return removed
}
