import { bucketOf } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import type { VerbsOf } from './verb.ts'

const put = `INSERT INTO challenge_state (pool_uid, id, sealed, bucket, expires_at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (pool_uid, id) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at`
const get = 'SELECT sealed FROM challenge_state WHERE pool_uid = ? AND id = ?'

/** What challenge sessions could not carry. */
export const challengeStateVerbs: VerbsOf<'challengeStates'> = {
  put: {
    kind: 'write',
    run: async (tx, by, { poolUid, id, sealed, expiresAt }) => {
      await tx.run(put, poolUid, id, sealed, bucketOf(id), expiresAt)
      await leaveAudit(tx, by, poolUid, id, 'challenge state put')
    },
  },

  get: {
    kind: 'point',
    run: async (tx, poolUid, id) => (await tx.get<{ sealed: string }>(get, poolUid, id))?.sealed,
  },
}
