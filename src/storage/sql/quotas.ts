import { bucketOf, digest } from './digest.ts'
import { auditedSubject, leaveAudit } from './leave-audit.ts'
import type { VerbsOf } from './verb.ts'

const take = `INSERT INTO quota (pool_uid, subject_hash, used, bucket, expires_at) VALUES (?, ?, 1, ?, ?)
  ON CONFLICT (pool_uid, subject_hash) DO UPDATE SET
    used = CASE WHEN quota.expires_at <= ? THEN 1 ELSE quota.used + 1 END,
    expires_at = CASE WHEN quota.expires_at <= ? THEN excluded.expires_at ELSE quota.expires_at END
  WHERE quota.expires_at <= ? OR quota.used < ?`

/** Allowances of so many in a window of time. */
export const quotaVerbs: VerbsOf<'quotas'> = {
  take: {
    kind: 'write',
    run: async (tx, by, { poolUid, subject, kind }, { limit, window }) => {
      if (limit < 1) return false
      const hash = digest(kind, subject)
      const taken = await tx.run(take, poolUid, hash, bucketOf(hash), by.at + window, by.at, by.at, by.at, limit)
      if (!taken) return false
      await leaveAudit(tx, by, poolUid, auditedSubject(subject, hash), `took: ${kind}`)
      return true
    },
  },
}
