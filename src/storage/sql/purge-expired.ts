import { buckets } from './digest.ts'
import type { Tx } from './tx.ts'

// On engines that run writers side by side, a row may be renewed between the inner look and the deletion: the outer condition sees that.
/** Statements that remove expired rows of a table, for removeExpired. */
export const expired = {
  code: `DELETE FROM code WHERE (pool_uid, user_id, purpose) IN
    (SELECT pool_uid, user_id, purpose FROM code WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
  attempt: `DELETE FROM attempt WHERE (pool_uid, subject_hash) IN
    (SELECT pool_uid, subject_hash FROM attempt WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
  quota: `DELETE FROM quota WHERE (pool_uid, subject_hash) IN
    (SELECT pool_uid, subject_hash FROM quota WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
  spent: `DELETE FROM spent WHERE (pool_uid, token_hash) IN
    (SELECT pool_uid, token_hash FROM spent WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
  revocation: `DELETE FROM revocation WHERE (pool_uid, origin_id) IN
    (SELECT pool_uid, origin_id FROM revocation WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
  challengeState: `DELETE FROM challenge_state WHERE (pool_uid, id) IN
    (SELECT pool_uid, id FROM challenge_state WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
  refreshFamily: `DELETE FROM refresh_family WHERE (pool_uid, family_id) IN
    (SELECT pool_uid, family_id FROM refresh_family WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
  userSession: `DELETE FROM user_session WHERE (pool_uid, user_id, session_id) IN
    (SELECT pool_uid, user_id, session_id FROM user_session WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
  authorizationCode: `DELETE FROM authorization_code WHERE (pool_uid, code_hash) IN
    (SELECT pool_uid, code_hash FROM authorization_code WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
  operatorSession: `DELETE FROM operator_session WHERE session_hash IN
    (SELECT session_hash FROM operator_session WHERE bucket = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?) AND expires_at <= ?`,
} as const

const oldAudit = `DELETE FROM audit WHERE (pool_uid, bucket, written_at, id) IN
  (SELECT pool_uid, bucket, written_at, id FROM audit WHERE bucket = ? AND written_at <= ? ORDER BY written_at LIMIT ?) AND written_at <= ?`

const oldEvents = `DELETE FROM auth_event WHERE (pool_uid, user_id, event_id) IN
  (SELECT pool_uid, user_id, event_id FROM auth_event WHERE bucket = ? AND created_at <= ? ORDER BY created_at LIMIT ?) AND created_at <= ?`

/** How long rows of the audit trail are kept, in ms: a year and a month. */
export const auditKept = 400 * 86_400_000

/** How long events of threat protection are kept, in ms: two years (developer guide, "Viewing and exporting user event history"). */
export const authEventsKept = 2 * 365 * 86_400_000

/** Removes, of one bucket, up to `limit` rows that had expired at `until`; answers how many. */
export const removeExpired = (tx: Tx, statement: string, bucket: number, until: number, limit: number): number | Promise<number> =>
  tx.run(statement, bucket, until, limit, until)

/** Removes up to `limit` rows that had expired at `now`, and rows of the audit trail and events that are too old; answers how many. */
export const purgeExpired = async (tx: Tx, now: number, limit: number): Promise<number> => {
  let removed = 0
  const due = [
    ...Object.values(expired).map((statement) => ({ statement, until: now })),
    { statement: oldAudit, until: now - auditKept },
    { statement: oldEvents, until: now - authEventsKept },
  ]
  for (const { statement, until } of due) {
    for (const bucket of buckets) {
      if (removed >= limit) return removed
      removed += await removeExpired(tx, statement, bucket, until, limit - removed)
    }
  }
  return removed
}
