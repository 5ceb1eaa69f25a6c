import { isLocked } from '../../domain/lockout.ts'
import type { Attempts } from '../store.ts'
import { bucketOf, digest } from './digest.ts'
import { auditedSubject, leaveAudit } from './leave-audit.ts'
import type { Tx } from './tx.ts'
import type { VerbsOf } from './verb.ts'

const read = 'SELECT failures, last_at AS "lastAt" FROM attempt WHERE pool_uid = ? AND subject_hash = ?'
const count = `INSERT INTO attempt (pool_uid, subject_hash, failures, last_at, bucket, expires_at) VALUES (?, ?, 1, ?, ?, ?)
  ON CONFLICT (pool_uid, subject_hash) DO UPDATE SET
    failures = CASE WHEN attempt.last_at < ? THEN 1 ELSE attempt.failures + 1 END,
    last_at = excluded.last_at, expires_at = excluded.expires_at
  RETURNING failures, last_at AS "lastAt"`
const begin = `INSERT INTO attempt (pool_uid, subject_hash, failures, last_at, bucket, expires_at) VALUES (?, ?, 1, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const goOn = `UPDATE attempt SET failures = ?, last_at = ?, expires_at = ?
  WHERE pool_uid = ? AND subject_hash = ? AND failures = ? AND last_at = ?`
const clear = 'DELETE FROM attempt WHERE pool_uid = ? AND subject_hash = ?'

const chargeOnce = async (tx: Tx, poolUid: string, hash: string, at: number, forgetAfter: number): Promise<Attempts | 'locked'> => {
  for (;;) {
    const known = await tx.get<Attempts>(read, poolUid, hash)
    const counts = known !== undefined && known.lastAt >= at - forgetAfter
    if (counts && isLocked(known.failures, known.lastAt, at)) return 'locked'
    const next = { failures: counts ? known.failures + 1 : 1, lastAt: at }
    const row = [next.failures, at, at + forgetAfter] as const
    // On engines that run writers side by side, somebody else may have counted since the read: then the count is looked at again.
    const counted =
      known === undefined
        ? await tx.run(begin, poolUid, hash, at, bucketOf(hash), at + forgetAfter)
        : await tx.run(goOn, ...row, poolUid, hash, known.failures, known.lastAt)
    if (counted) return next
  }
}

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

  charge: {
    kind: 'write',
    run: async (tx, by, { poolUid, subject, kind }, forgetAfter) => {
      const hash = digest(kind, subject)
      const charged = await chargeOnce(tx, poolUid, hash, by.at, forgetAfter)
      if (charged !== 'locked') await leaveAudit(tx, by, poolUid, auditedSubject(subject, hash), `tried: ${kind}`)
      return charged
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
