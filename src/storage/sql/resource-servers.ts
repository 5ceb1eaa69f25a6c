import type { ResourceServer } from '../../domain/resource-server.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import { poolStands } from './pool-stands.ts'
import { docSchema, readDoc, saveDoc } from './record.ts'
import { giveSlot, takeSlot } from './tally.ts'
import type { Tx } from './tx.ts'
import { undo } from './undo.ts'
import type { VerbsOf } from './verb.ts'

const byIdentifier = 'SELECT doc FROM resource_server WHERE pool_uid = ? AND identifier = ?'
const insert = `INSERT INTO resource_server (pool_uid, identifier, version, doc_schema, doc) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const list = 'SELECT identifier, doc FROM resource_server WHERE pool_uid = ? AND identifier > ? ORDER BY identifier LIMIT ?'
const save = {
  update: `UPDATE resource_server SET version = ?, doc_schema = ?, doc = ?
    WHERE pool_uid = ? AND identifier = ? AND version = ? AND doc_schema <= ?`,
  stored: 'SELECT version, doc_schema, doc FROM resource_server WHERE pool_uid = ? AND identifier = ?',
}
const remove = 'DELETE FROM resource_server WHERE pool_uid = ? AND identifier = ?'

const slots = 'resource servers'

const readByIdentifier = async (tx: Tx, poolUid: string, identifier: string): Promise<ResourceServer | undefined> => {
  const row = await tx.get<{ doc: string }>(byIdentifier, poolUid, identifier)
  return row && readDoc<ResourceServer>(row)
}

/** Resource servers. */
export const resourceServerVerbs: VerbsOf<'resourceServers'> = {
  create: {
    kind: 'write',
    run: async (tx, by, server, limit) => {
      if (!(await poolStands(tx, server.poolUid))) return 'created'
      if (!(await takeSlot(tx, server.poolUid, slots, limit))) return 'too many'
      const row = [server.poolUid, server.Identifier, server.version, docSchema, JSON.stringify(server)]
      if (!(await tx.run(insert, ...row))) return undo('identifier taken')
      await leaveAudit(tx, by, server.poolUid, server.Identifier, 'created')
      return 'created'
    },
  },

  byIdentifier: { kind: 'point', run: readByIdentifier },
  recentByIdentifier: { kind: 'recent', run: readByIdentifier },

  list: {
    kind: 'scan',
    run: async (tx, poolUid, page) => {
      const found = await tx.all<{ identifier: string; doc: string }>(list, poolUid, page.after ?? '', page.limit + 1)
      return pageOf(found, page.limit, (row) => row.identifier, readDoc<ResourceServer>)
    },
  },

  update: {
    kind: 'write',
    run: async (tx, by, server) => {
      if (!(await saveDoc(tx, save, server, server.poolUid, server.Identifier))) return 'version conflict'
      await leaveAudit(tx, by, server.poolUid, server.Identifier, 'updated')
      return 'updated'
    },
  },

  delete: {
    kind: 'write',
    run: async (tx, by, poolUid, identifier) => {
      if (!(await tx.run(remove, poolUid, identifier))) return 'absent'
      await giveSlot(tx, poolUid, slots)
      await leaveAudit(tx, by, poolUid, identifier, 'deleted')
      return 'deleted'
    },
  },
}
