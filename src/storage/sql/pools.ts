import { serverUid } from '../../domain/server-uid.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { cachedRecord } from './cached-record.ts'
import { estimateUsers } from './estimate-users.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import { docSchema, readDoc, saveDoc } from './record.ts'
import { giveSlot, takeSlot } from './tally.ts'
import type { Tx } from './tx.ts'
import { undo } from './undo.ts'
import type { VerbsOf } from './verb.ts'

/** Selects version and doc of a pool by its uid. */
export const poolDoc = 'SELECT version, doc FROM user_pool WHERE pool_uid = ?'

const versionByUid = 'SELECT version FROM user_pool WHERE pool_uid = ?'
const versionById = `SELECT p.pool_uid, p.version FROM user_pool_name n JOIN user_pool p ON p.pool_uid = n.pool_uid
  WHERE n.pool_id = ?`
const holderOfId = 'SELECT pool_uid FROM user_pool_name WHERE pool_id = ?'
const claimId = 'INSERT INTO user_pool_name (pool_id, pool_uid, region) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
const insert = 'INSERT INTO user_pool (pool_uid, pool_id, region, version, doc_schema, doc) VALUES (?, ?, ?, ?, ?, ?)'
const list = `SELECT n.pool_id, p.doc FROM user_pool_name n JOIN user_pool p ON p.pool_uid = n.pool_uid
  WHERE n.region = ? AND n.pool_id > ? ORDER BY n.pool_id LIMIT ?`
const listAll = `SELECT n.pool_id, p.doc FROM user_pool_name n JOIN user_pool p ON p.pool_uid = n.pool_uid
  WHERE n.pool_id > ? ORDER BY n.pool_id LIMIT ?`
const save = {
  update: 'UPDATE user_pool SET version = ?, doc_schema = ?, doc = ? WHERE pool_uid = ? AND version = ? AND doc_schema <= ?',
  stored: 'SELECT version, doc_schema, doc FROM user_pool WHERE pool_uid = ?',
}
const remove = 'DELETE FROM user_pool WHERE pool_uid = ? AND version = ? RETURNING pool_id, region'
const releaseId = 'DELETE FROM user_pool_name WHERE pool_id = ? AND pool_uid = ?'
const addJob = `INSERT INTO purge_job (pool_uid, kind, subject, created_at, due_at) VALUES (?, 'pool', ?, ?, ?)
  ON CONFLICT DO NOTHING`

/** Saves a pool under version + 1; false when the stored version is another one, or the pool is gone. */
export const savePool = (tx: Tx, pool: UserPool): Promise<boolean> => saveDoc(tx, save, pool, pool.uid)

interface Listed {
  readonly pool_id: string
  readonly doc: string
}

const poolsIn = (region: string) => `pools:${region}`

/** User pools. */
export const poolVerbs: VerbsOf<'pools'> = {
  create: {
    kind: 'write',
    run: async (tx, by, pool, limit) => {
      if (!(await takeSlot(tx, serverUid, poolsIn(pool.region), limit))) return 'too many'
      if (!(await tx.run(claimId, pool.Id, pool.uid, pool.region))) {
        const holder = await tx.get<{ pool_uid: string }>(holderOfId, pool.Id)
        return undo(holder?.pool_uid === pool.uid ? 'created' : 'id taken')
      }
      await tx.run(insert, pool.uid, pool.Id, pool.region, pool.version, docSchema, JSON.stringify(pool))
      await leaveAudit(tx, by, pool.uid, pool.uid, 'created')
      return 'created'
    },
  },

  byUid: {
    kind: 'point',
    run: async (tx, uid) => {
      const row = await tx.get<{ version: number }>(versionByUid, uid)
      return row && cachedRecord<UserPool>(tx, uid, row.version, poolDoc, uid)
    },
  },

  byId: {
    kind: 'point',
    run: async (tx, id) => {
      const row = await tx.get<{ pool_uid: string; version: number }>(versionById, id)
      return row && cachedRecord<UserPool>(tx, row.pool_uid, row.version, poolDoc, row.pool_uid)
    },
  },

  list: {
    kind: 'scan',
    run: async (tx, region, page) => {
      const [after, most] = [page.after ?? '', page.limit + 1]
      const found = await (region === undefined ? tx.all<Listed>(listAll, after, most) : tx.all<Listed>(list, region, after, most))
      return pageOf(found, page.limit, (row) => row.pool_id, readDoc<UserPool>)
    },
  },

  update: {
    kind: 'write',
    run: async (tx, by, pool) => {
      if (!(await savePool(tx, pool))) return 'version conflict'
      await leaveAudit(tx, by, pool.uid, pool.uid, 'updated')
      return 'updated'
    },
  },

  delete: {
    kind: 'write',
    run: async (tx, by, { uid, version }) => {
      const gone = await tx.get<{ pool_id: string; region: string }>(remove, uid, version)
      if (gone === undefined) return (await tx.get(versionByUid, uid)) === undefined ? 'absent' : 'version conflict'
      await tx.run(releaseId, gone.pool_id, uid)
      await giveSlot(tx, serverUid, poolsIn(gone.region))
      await tx.run(addJob, uid, uid, by.at, by.at)
      await leaveAudit(tx, by, uid, uid, 'deleted')
      return 'deleted'
    },
  },

  estimateUsers: { kind: 'scan', run: estimateUsers },
}
