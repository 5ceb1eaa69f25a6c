import type { AppClient } from '../../domain/app-client.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { dropBranding } from './branding.ts'
import { cachedRecord } from './cached-record.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import { poolStands } from './pool-stands.ts'
import { poolDoc } from './pools.ts'
import { docSchema, readDoc, saveDoc } from './record.ts'
import { giveSlot, takeSlot } from './tally.ts'
import { dropTerms } from './terms.ts'
import type { Tx } from './tx.ts'
import { dropUiCustomization } from './ui-customizations.ts'
import { undo } from './undo.ts'
import type { VerbsOf } from './verb.ts'

const versions = `SELECT c.pool_uid, c.client_uid, c.version AS client_version, p.version AS pool_version
  FROM app_client_name n
  JOIN app_client c ON c.pool_uid = n.pool_uid AND c.client_uid = n.client_uid
  JOIN user_pool p ON p.pool_uid = n.pool_uid
  WHERE n.client_id = ?`
const clientDoc = 'SELECT version, doc FROM app_client WHERE pool_uid = ? AND client_uid = ?'
const claimId = 'INSERT INTO app_client_name (client_id, client_uid, pool_uid) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
const holderOfId = 'SELECT client_uid, pool_uid FROM app_client_name WHERE client_id = ?'
const takeOverId = 'UPDATE app_client_name SET client_uid = ?, pool_uid = ? WHERE client_id = ? AND pool_uid = ?'
const insert = 'INSERT INTO app_client (pool_uid, client_uid, client_id, version, doc_schema, doc) VALUES (?, ?, ?, ?, ?, ?)'
const list = 'SELECT client_uid, doc FROM app_client WHERE pool_uid = ? AND client_uid > ? ORDER BY client_uid LIMIT ?'
const save = {
  update: `UPDATE app_client SET version = ?, doc_schema = ?, doc = ?
    WHERE pool_uid = ? AND client_uid = ? AND version = ? AND doc_schema <= ?`,
  stored: 'SELECT version, doc_schema, doc FROM app_client WHERE pool_uid = ? AND client_uid = ?',
}
const remove = 'DELETE FROM app_client WHERE pool_uid = ? AND client_uid = ?'
const releaseId = 'DELETE FROM app_client_name WHERE client_id = ? AND client_uid = ?'

const slots = 'clients'

/** 'own' when the client holds its id already: an earlier try of the same creation came through. */
const claimClientId = async (tx: Tx, client: AppClient): Promise<'claimed' | 'own' | 'taken'> => {
  if (await tx.run(claimId, client.ClientId, client.uid, client.poolUid)) return 'claimed'
  const holder = await tx.get<{ client_uid: string; pool_uid: string }>(holderOfId, client.ClientId)
  if (holder?.client_uid === client.uid) return 'own'
  // The directory row of a deleted pool's client stands until it is purged, but holds nothing any more.
  if (holder === undefined || (await poolStands(tx, holder.pool_uid))) return 'taken'
  return (await tx.run(takeOverId, client.uid, client.poolUid, client.ClientId, holder.pool_uid)) ? 'claimed' : 'taken'
}

const byClientId: VerbsOf<'clients'>['byClientId']['run'] = async (tx, clientId) => {
  const row = await tx.get<{ pool_uid: string; client_uid: string; client_version: number; pool_version: number }>(versions, clientId)
  if (row === undefined) return undefined
  const { pool_uid, client_uid, client_version, pool_version } = row
  const client = await cachedRecord<AppClient>(tx, client_uid, client_version, clientDoc, pool_uid, client_uid)
  const pool = await cachedRecord<UserPool>(tx, pool_uid, pool_version, poolDoc, pool_uid)
  return client && pool && { client, pool }
}

/** App clients. */
export const clientVerbs: VerbsOf<'clients'> = {
  create: {
    kind: 'write',
    run: async (tx, by, client, limit) => {
      if (!(await poolStands(tx, client.poolUid))) return 'created'
      if (!(await takeSlot(tx, client.poolUid, slots, limit))) return 'too many'
      const claim = await claimClientId(tx, client)
      if (claim !== 'claimed') return undo(claim === 'own' ? 'created' : 'id taken')
      await tx.run(insert, client.poolUid, client.uid, client.ClientId, client.version, docSchema, JSON.stringify(client))
      await leaveAudit(tx, by, client.poolUid, client.uid, 'created')
      return 'created'
    },
  },

  byClientId: { kind: 'point', run: byClientId },
  recentByClientId: { kind: 'recent', run: byClientId },

  list: {
    kind: 'scan',
    run: async (tx, poolUid, page) => {
      if (!(await poolStands(tx, poolUid))) return { rows: [] }
      const found = await tx.all<{ client_uid: string; doc: string }>(list, poolUid, page.after ?? '', page.limit + 1)
      return pageOf(found, page.limit, (row) => row.client_uid, readDoc<AppClient>)
    },
  },

  update: {
    kind: 'write',
    run: async (tx, by, client) => {
      if (!(await saveDoc(tx, save, client, client.poolUid, client.uid))) return 'version conflict'
      await leaveAudit(tx, by, client.poolUid, client.uid, 'updated')
      return 'updated'
    },
  },

  delete: {
    kind: 'write',
    run: async (tx, by, client) => {
      if (!(await tx.run(remove, client.poolUid, client.uid))) return 'absent'
      await tx.run(releaseId, client.ClientId, client.uid)
      await dropUiCustomization(tx, client.poolUid, client.uid)
      await dropBranding(tx, client.poolUid, client.uid)
      await dropTerms(tx, client.poolUid, client.uid)
      await giveSlot(tx, client.poolUid, slots)
      await leaveAudit(tx, by, client.poolUid, client.uid, 'deleted')
      return 'deleted'
    },
  },
}
