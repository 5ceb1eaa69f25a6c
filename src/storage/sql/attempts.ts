import type { Attempts } from '../store.ts'
import { bucketOf, digest } from './digest.ts'
import { auditedSubject, leaveAudit } from './leave-audit.ts'
import type { VerbsOf } from './verb.ts'

const read = 'SELECT failures, last_at AS "lastAt" FROM attempt WHERE pool_uid = ? AND subject_hash = ?'
const count = `INSERT INTO attempt (pool_uid, subject_hash, failures, last_at, bucket, expires_at) VALUES (?, ?, 1, ?, ?, ?)
  ON CONFLICT (pool_uid, subject_hash) DO UPDATE SET
    failures = CASE WHEN attempt.last_at < ? THEN 1 ELSE attempt.failures + 1 END,
    last_at = excluded.last_at, expires_at = excluded.expires_at
  RETURNING failures, last_at AS "lastAt"`
const clear = 'DELETE FROM attempt WHERE pool_uid = ? AND subject_hash = ?'

/** Failures that are counted; the subject may be a typed name, so only its hash is kept. */
export const attemptVerbs: VerbsOf<'attempts'> = {
  read: {
    kind: 'point',
    run: async (tx, poolUid, subject, kind) => {
      const row = await tx.get<Attempts>(read, poolUid, digest(kind, subject))
      return row && { ...row }
    },
  },

  fail: {
    kind: 'write',
    run: async (tx, by, { poolUid, subject, kind }, forgetAfter) => {
      const hash = digest(kind, subject)
      const key = [poolUid, hash, by.at, bucketOf(hash), by.at + forgetAfter]
      const row = await tx.get<Attempts>(count, ...key, by.at - forgetAfter)
      await leaveAudit(tx, by, poolUid, auditedSubject(subject, hash), `failed: ${kind}`)
      return row ? { ...row } : { failures: 1, lastAt: by.at }
    },
  },

  clear: {
    kind: 'write',
    run: async (tx, by, { poolUid, subject, kind }) => {
      const hash = digest(kind, subject)
      if (await tx.run(clear, poolUid, hash)) await leaveAudit(tx, by, poolUid, auditedSubject(subject, hash), `cleared: ${kind}`)
    },
  },
}
