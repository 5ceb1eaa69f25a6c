import type { OperatorSession } from '../../domain/operator-account.ts'
import { serverUid } from '../../domain/server-uid.ts'
import { bucketOf } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import type { VerbsOf } from './verb.ts'

const insert = `INSERT INTO operator_session (session_hash, name, uid, generation, created_at, used_at, bucket, expires_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
const byHash = `SELECT session_hash AS "hash", name, uid, generation, created_at AS "createdAt", used_at AS "usedAt", expires_at AS "expiresAt"
  FROM operator_session WHERE session_hash = ?`
const touch = 'UPDATE operator_session SET used_at = CASE WHEN used_at < ? THEN ? ELSE used_at END WHERE session_hash = ?'
const remove = 'DELETE FROM operator_session WHERE session_hash = ? RETURNING name'

/** Sign-ins to the console; only hashes of the cookies' values are kept. */
export const operatorSessionVerbs: VerbsOf<'operatorSessions'> = {
  open: {
    kind: 'write',
    run: async (tx, by, { hash, name, uid, generation, createdAt, usedAt, expiresAt }) => {
      if (await tx.run(insert, hash, name, uid, generation, createdAt, usedAt, bucketOf(hash), expiresAt)) {
        await leaveAudit(tx, by, serverUid, `operator ${name}`, 'session opened')
      }
    },
  },

  byHash: {
    kind: 'point',
    run: async (tx, hash) => {
      const row = await tx.get<OperatorSession>(byHash, hash)
      return row && { ...row }
    },
  },

  touch: {
    kind: 'write',
    run: async (tx, by, hash) => ((await tx.run(touch, by.at, by.at, hash)) ? 'touched' : 'absent'),
  },

  end: {
    kind: 'write',
    run: async (tx, by, hash) => {
      const row = await tx.get<{ name: string }>(remove, hash)
      if (row === undefined) return 'absent'
      await leaveAudit(tx, by, serverUid, `operator ${row.name}`, 'session ended')
      return 'ended'
    },
  },
}
