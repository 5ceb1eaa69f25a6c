import { serverUid } from '../../domain/server-uid.ts'
import type { AccessKeyRow } from '../store.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import type { VerbsOf } from './verb.ts'

const byId = `SELECT id, user_name, sealed_secret, policy, enabled, created_at FROM access_key WHERE id = ?`
const list = `SELECT id, user_name, sealed_secret, policy, enabled, created_at FROM access_key WHERE id > ? ORDER BY id LIMIT ?`
const insert = `INSERT INTO access_key (id, user_name, sealed_secret, policy, enabled, created_at) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const remove = 'DELETE FROM access_key WHERE id = ?'

interface Row {
  id: string
  user_name: string
  sealed_secret: string
  policy: string
  enabled: number
  created_at: number
}

const read = (row: Row): AccessKeyRow => ({
  id: row.id,
  userName: row.user_name,
  sealedSecret: row.sealed_secret,
  policy: row.policy,
  enabled: row.enabled === 1,
  createdAt: row.created_at,
})

/** Access keys of the server's own making. */
export const accessKeyVerbs: VerbsOf<'accessKeys'> = {
  create: {
    kind: 'write',
    run: async (tx, by, { id, userName, sealedSecret, policy, enabled, createdAt }) => {
      if (await tx.run(insert, id, userName, sealedSecret, policy, enabled ? 1 : 0, createdAt)) {
        await leaveAudit(tx, by, serverUid, id, 'created')
      }
    },
  },

  byId: {
    kind: 'point',
    run: async (tx, id) => {
      const row = await tx.get<Row>(byId, id)
      return row && read(row)
    },
  },

  list: {
    kind: 'scan',
    run: async (tx, page) => pageOf(await tx.all<Row>(list, page.after ?? '', page.limit + 1), page.limit, (row) => row.id, read),
  },

  delete: {
    kind: 'write',
    run: async (tx, by, id) => {
      if (!(await tx.run(remove, id))) return 'absent'
      await leaveAudit(tx, by, serverUid, id, 'deleted')
      return 'deleted'
    },
  },
}
