import { serverUid } from '../../domain/server-uid.ts'
import type { DataKeyRow } from '../store.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import type { VerbsOf } from './verb.ts'

const byId = `SELECT id, pool_uid AS "poolUid", purpose, master_key_id AS "masterKeyId", wrapped, created_at AS "createdAt"
  FROM data_key WHERE id = ?`
const current = `SELECT id, pool_uid AS "poolUid", purpose, master_key_id AS "masterKeyId", wrapped, created_at AS "createdAt"
  FROM data_key WHERE pool_uid = ? AND purpose = ? ORDER BY ordinal DESC LIMIT 1`
const insert = `INSERT INTO data_key (pool_uid, purpose, ordinal, id, master_key_id, wrapped, created_at) VALUES (?, ?, 0, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const list = `SELECT id, pool_uid AS "poolUid", purpose, master_key_id AS "masterKeyId", wrapped, created_at AS "createdAt"
  FROM data_key WHERE id > ? ORDER BY id LIMIT ?`
const rewrap = 'UPDATE data_key SET master_key_id = ?, wrapped = ? WHERE id = ? AND master_key_id = ?'

const remove = 'DELETE FROM data_key WHERE id = ?'

/** Data keys, wrapped by master keys. */
export const dataKeyVerbs: VerbsOf<'dataKeys'> = {
  byId: {
    kind: 'point',
    run: async (tx, id) => {
      const row = await tx.get<DataKeyRow>(byId, id)
      return row && { ...row }
    },
  },

  current: {
    kind: 'point',
    run: async (tx, poolUid, purpose) => {
      const row = await tx.get<DataKeyRow>(current, poolUid, purpose)
      return row && { ...row }
    },
  },

  putIfAbsent: {
    kind: 'write',
    run: async (tx, by, row) => {
      const { poolUid, purpose, id, masterKeyId, wrapped, createdAt } = row
      if (await tx.run(insert, poolUid, purpose, id, masterKeyId, wrapped, createdAt)) {
        await leaveAudit(tx, by, poolUid, id, `data key put: ${purpose}`)
        return row
      }
      const standing = await tx.get<DataKeyRow>(current, poolUid, purpose)
      if (standing === undefined) throw new Error(`data key ${id} exists for another purpose`)
      return { ...standing }
    },
  },

  list: {
    kind: 'scan',
    run: async (tx, page) => {
      const found = await tx.all<DataKeyRow>(list, page.after ?? '', page.limit + 1)
      return pageOf(
        found,
        page.limit,
        (row) => row.id,
        (row) => ({ ...row }),
      )
    },
  },

  rewrap: {
    kind: 'write',
    run: async (tx, by, rows) => {
      let changed = 0
      for (const { id, from, to, wrapped } of rows) changed += await tx.run(rewrap, to, wrapped, id, from)
      if (changed) await leaveAudit(tx, by, serverUid, 'data keys', `rewrapped ${changed}`)
      return changed
    },
  },

  remove: {
    kind: 'write',
    run: async (tx, by, ids) => {
      let removed = 0
      for (const id of ids) removed += await tx.run(remove, id)
      if (removed) await leaveAudit(tx, by, serverUid, 'data keys', `removed ${removed}`)
      return removed
    },
  },
}
