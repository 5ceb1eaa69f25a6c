import type { Device } from '../../domain/device.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import { docSchema, readDoc, saveDoc } from './record.ts'
import { isRevoked, revokeOrigin } from './revocations.ts'
import { dropTally, giveSlot, takeSlot } from './tally.ts'
import type { Tx } from './tx.ts'
import { undo } from './undo.ts'
import { userStands } from './user-stands.ts'
import type { VerbsOf } from './verb.ts'

const byKey = 'SELECT doc FROM device WHERE pool_uid = ? AND user_id = ? AND device_key = ?'
const insert = `INSERT INTO device (pool_uid, user_id, device_key, version, doc_schema, doc) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const list = 'SELECT device_key, doc FROM device WHERE pool_uid = ? AND user_id = ? AND device_key > ? ORDER BY device_key LIMIT ?'
const save = {
  update: `UPDATE device SET version = ?, doc_schema = ?, doc = ?
    WHERE pool_uid = ? AND user_id = ? AND device_key = ? AND version = ? AND doc_schema <= ?`,
  stored: 'SELECT version, doc_schema, doc FROM device WHERE pool_uid = ? AND user_id = ? AND device_key = ?',
}
const remove = 'DELETE FROM device WHERE pool_uid = ? AND user_id = ? AND device_key = ?'
const removeAll = 'DELETE FROM device WHERE pool_uid = ? AND user_id = ?'

const slots = (userId: string): string => `devices:${userId}`

/** What stands among the revocations for a device that was forgotten, its key void from then on. */
const forgottenMark = (userId: string, key: string): string => `forgotten/${userId}/${key}`

/** Removes all devices of a user. */
export const dropDevices = async (tx: Tx, poolUid: string, userId: string): Promise<void> => {
  if (await tx.run(removeAll, poolUid, userId)) await dropTally(tx, poolUid, slots(userId))
}

/** Devices of users. */
export const deviceVerbs: VerbsOf<'devices'> = {
  create: {
    kind: 'write',
    run: async (tx, by, device, limit) => {
      const { poolUid, userId, key, version } = device
      if (!(await userStands(tx, poolUid, userId))) return 'created'
      if (!(await tx.run(insert, poolUid, userId, key, version, docSchema, JSON.stringify(device)))) return 'exists'
      // Behind the insertion, which on engines that run writers side by side waits for whoever is forgetting the device.
      if (await isRevoked(tx, poolUid, forgottenMark(userId, key))) return undo('forgotten')
      if (!(await takeSlot(tx, poolUid, slots(userId), limit))) return undo('too many')
      await leaveAudit(tx, by, poolUid, userId, `device created: ${key}`)
      return 'created'
    },
  },

  byKey: {
    kind: 'point',
    run: async (tx, poolUid, userId, key) => {
      const row = await tx.get<{ doc: string }>(byKey, poolUid, userId, key)
      return row && readDoc<Device>(row)
    },
  },

  update: {
    kind: 'write',
    run: async (tx, by, device) => {
      const { poolUid, userId, key } = device
      if (!(await saveDoc(tx, save, device, poolUid, userId, key))) return 'version conflict'
      await leaveAudit(tx, by, poolUid, userId, `device updated: ${key}`)
      return 'updated'
    },
  },

  forget: {
    kind: 'write',
    run: async (tx, by, { poolUid, userId, key }, until) => {
      if (!(await tx.run(remove, poolUid, userId, key))) return 'absent'
      await revokeOrigin(tx, by, poolUid, forgottenMark(userId, key), until)
      await giveSlot(tx, poolUid, slots(userId))
      await leaveAudit(tx, by, poolUid, userId, `device deleted: ${key}`)
      return 'forgotten'
    },
  },

  isForgotten: {
    kind: 'point',
    run: (tx, { poolUid, userId, key }) => isRevoked(tx, poolUid, forgottenMark(userId, key)),
  },

  list: {
    kind: 'point',
    run: async (tx, poolUid, userId, page) => {
      const found = await tx.all<{ device_key: string; doc: string }>(list, poolUid, userId, page.after ?? '', page.limit + 1)
      return pageOf(found, page.limit, (row) => row.device_key, readDoc<Device>)
    },
  },
}
