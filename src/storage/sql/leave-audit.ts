import type { By } from '../store.ts'
import { bucketOf } from './digest.ts'
import type { Tx } from './tx.ts'

const insert = `INSERT INTO audit (pool_uid, bucket, written_at, id, actor, ip, request_id, action, subject, outcome)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`

/** Leaves the row of the audit trail that every writing verb owes when it changed something. */
export const leaveAudit = async (tx: Tx, by: By, poolUid: string, subject: string, outcome: string): Promise<void> => {
  for (;;) {
    const id = `${by.requestId}.${tx.serial()}`
    const row = [poolUid, bucketOf(id), by.at, id, by.actor, by.ip ?? null, by.requestId, by.action, subject, outcome]
    // Two rows of one request in one millisecond can meet only across a restart or two nodes: the next number is free.
    if (await tx.run(insert, ...row)) return
  }
}

/** A subject as the audit trail names it: what somebody typed may be a password in the wrong field, so only its hash is kept. */
export const auditedSubject = (subject: string, hash: string): string => (subject.startsWith('name:') ? `name#${hash}` : subject)
