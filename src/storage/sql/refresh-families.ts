import { bucketOf } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import type { VerbsOf } from './verb.ts'

const begin = `INSERT INTO refresh_family (pool_uid, family_id, serial, rotated_at, bucket, expires_at) VALUES (?, ?, 1, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const moveOn = `UPDATE refresh_family SET serial = serial + 1, rotated_at = ?,
    expires_at = CASE WHEN expires_at < ? THEN ? ELSE expires_at END
  WHERE pool_uid = ? AND family_id = ? AND serial = ?`
const newest = 'SELECT serial, rotated_at FROM refresh_family WHERE pool_uid = ? AND family_id = ?'

/** Families of rotating refresh tokens: a row holds the number of the newest token and when the one before it was used. */
export const refreshFamilyVerbs: VerbsOf<'refreshFamilies'> = {
  rotate: {
    kind: 'write',
    run: async (tx, by, { poolUid, familyId, serial, grace, expiresAt }) => {
      // Each is one conditional statement, so that of several at once one alone has a row to show.
      const moved =
        (serial === 0 && (await tx.run(begin, poolUid, familyId, by.at, bucketOf(familyId), expiresAt))) ||
        (await tx.run(moveOn, by.at, expiresAt, expiresAt, poolUid, familyId, serial))
      if (moved) {
        await leaveAudit(tx, by, poolUid, familyId, `rotated to ${serial + 1}`)
        return { serial: serial + 1 }
      }
      const family = await tx.get<{ serial: number; rotated_at: number }>(newest, poolUid, familyId)
      // A request that began before the other one, or at a node whose clock is behind, is no retry where there is no grace.
      const isRetry = grace > 0 && family?.serial === serial + 1 && by.at < family.rotated_at + grace
      return isRetry ? { serial: family.serial } : 'reused'
    },
  },

  newest: {
    kind: 'point',
    run: async (tx, poolUid, familyId) => (await tx.get<{ serial: number }>(newest, poolUid, familyId))?.serial ?? 0,
  },
}
