import { bucketOf, digest } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import type { VerbsOf } from './verb.ts'

const spend = `INSERT INTO spent (pool_uid, token_hash, bucket, expires_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (pool_uid, token_hash) DO UPDATE SET expires_at = excluded.expires_at WHERE spent.expires_at <= ?`

/** Tokens that are good once; only their hashes are kept. */
export const spentVerbs: VerbsOf<'spent'> = {
  spend: {
    kind: 'write',
    run: async (tx, by, poolUid, token, expiresAt) => {
      const hash = digest(token)
      if (!(await tx.run(spend, poolUid, hash, bucketOf(hash), expiresAt, by.at))) return 'again'
      await leaveAudit(tx, by, poolUid, hash, 'spent')
      return 'first'
    },
  },
}
