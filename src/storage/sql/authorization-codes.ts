import { bucketOf } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import type { VerbsOf } from './verb.ts'

const put = `INSERT INTO authorization_code (pool_uid, code_hash, sealed, granted_until, bucket, expires_at) VALUES (?, ?, ?, NULL, ?, ?)
  ON CONFLICT DO NOTHING`
const get = 'SELECT sealed, granted_until FROM authorization_code WHERE pool_uid = ? AND code_hash = ?'
const redeem = `UPDATE authorization_code SET granted_until = ?
  WHERE pool_uid = ? AND code_hash = ? AND granted_until IS NULL AND expires_at > ?`

/** Authorization codes; a row outlives its code, so that a code that comes again is recognised. */
export const authorizationCodeVerbs: VerbsOf<'authorizationCodes'> = {
  put: {
    kind: 'write',
    run: async (tx, by, { poolUid, codeHash, sealed, expiresAt }) => {
      if (await tx.run(put, poolUid, codeHash, sealed, bucketOf(codeHash), expiresAt)) {
        await leaveAudit(tx, by, poolUid, codeHash, 'authorization code put')
      }
    },
  },

  get: {
    kind: 'point',
    run: async (tx, poolUid, codeHash) => {
      const row = await tx.get<{ sealed: string; granted_until: number | null }>(get, poolUid, codeHash)
      return row && { sealed: row.sealed, grantedUntil: row.granted_until ?? undefined }
    },
  },

  redeem: {
    kind: 'write',
    run: async (tx, by, { poolUid, codeHash, grantedUntil }) => {
      if (!(await tx.run(redeem, grantedUntil, poolUid, codeHash, by.at))) return 'again'
      await leaveAudit(tx, by, poolUid, codeHash, 'authorization code redeemed')
      return 'first'
    },
  },
}
