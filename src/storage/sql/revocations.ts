import type { By } from '../store.ts'
import { bucketOf } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import type { Tx } from './tx.ts'
import type { VerbsOf } from './verb.ts'

const revoke = `INSERT INTO revocation (pool_uid, origin_id, bucket, expires_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (pool_uid, origin_id) DO UPDATE SET expires_at = excluded.expires_at WHERE revocation.expires_at < excluded.expires_at`
const find = 'SELECT expires_at FROM revocation WHERE pool_uid = ? AND origin_id = ?'

/** Revokes within the transaction of another verb. */
export const revokeOrigin = async (tx: Tx, by: By, poolUid: string, originId: string, expiresAt: number): Promise<void> => {
  if (await tx.run(revoke, poolUid, originId, bucketOf(originId), expiresAt)) await leaveAudit(tx, by, poolUid, originId, 'revoked')
}

/** Whether an origin was revoked, for other verbs too. */
export const isRevoked = async (tx: Tx, poolUid: string, originId: string): Promise<boolean> =>
  (await tx.get(find, poolUid, originId)) !== undefined

/** Origins whose tokens are dead. */
export const revocationVerbs: VerbsOf<'revocations'> = {
  revoke: {
    kind: 'write',
    run: revokeOrigin,
  },

  isRevoked: {
    kind: 'point',
    run: isRevoked,
  },
}
