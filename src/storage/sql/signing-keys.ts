import type { SigningKeyRow } from '../store.ts'
import { leaveAudit } from './leave-audit.ts'
import type { VerbsOf } from './verb.ts'

const ofPool = `SELECT pool_uid AS "poolUid", key_use AS "use", ordinal, kid, public_jwk AS "publicJwk",
  sealed_private AS "sealedPrivate", active_from AS "activeFrom", created_at AS "createdAt"
  FROM signing_key WHERE pool_uid = ?`
const one = `SELECT pool_uid AS "poolUid", key_use AS "use", ordinal, kid, public_jwk AS "publicJwk",
  sealed_private AS "sealedPrivate", active_from AS "activeFrom", created_at AS "createdAt"
  FROM signing_key WHERE pool_uid = ? AND key_use = ? AND ordinal = ?`
const insert = `INSERT INTO signing_key (pool_uid, key_use, ordinal, kid, public_jwk, sealed_private, active_from, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
const remove = 'DELETE FROM signing_key WHERE pool_uid = ? AND key_use = ? AND ordinal = ?'

/** Token-signing keys. */
export const signingKeyVerbs: VerbsOf<'signingKeys'> = {
  ofPool: {
    kind: 'point',
    run: async (tx, poolUid) => {
      const rows = await tx.all<SigningKeyRow>(ofPool, poolUid)
      return rows.map((row) => ({ ...row })).sort((a, b) => a.ordinal - b.ordinal || (a.use < b.use ? -1 : 1))
    },
  },

  putIfAbsent: {
    kind: 'write',
    run: async (tx, by, row) => {
      const { poolUid, use, ordinal, kid, publicJwk, sealedPrivate, activeFrom, createdAt } = row
      if (await tx.run(insert, poolUid, use, ordinal, kid, publicJwk, sealedPrivate, activeFrom, createdAt)) {
        await leaveAudit(tx, by, poolUid, kid, `signing key put: ${use} ${ordinal}`)
        return row
      }
      const standing = await tx.get<SigningKeyRow>(one, poolUid, use, ordinal)
      return { ...(standing ?? row) }
    },
  },

  remove: {
    kind: 'write',
    run: async (tx, by, poolUid, use, ordinal) => {
      if (await tx.run(remove, poolUid, use, ordinal)) await leaveAudit(tx, by, poolUid, `${use} ${ordinal}`, 'signing key removed')
    },
  },
}
