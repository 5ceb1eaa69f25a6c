import { allClients, type UiCustomization } from '../../domain/ui-customization.ts'
import { clientStands } from './client-stands.ts'
import { leaveAudit } from './leave-audit.ts'
import { poolStands } from './pool-stands.ts'
import { readDoc } from './record.ts'
import type { Tx } from './tx.ts'
import type { VerbsOf } from './verb.ts'

const byHolder = 'SELECT doc FROM ui_customization WHERE pool_uid = ? AND holder = ?'
const byEither = 'SELECT doc FROM ui_customization WHERE pool_uid = ? AND holder IN (?, ?)'
const put = `INSERT INTO ui_customization (pool_uid, holder, doc) VALUES (?, ?, ?)
  ON CONFLICT (pool_uid, holder) DO UPDATE SET doc = excluded.doc`
const remove = 'DELETE FROM ui_customization WHERE pool_uid = ? AND holder = ?'
// A logo lies among the images of styles, under its holder, so that reading a look does not read it.
const insertImage = `INSERT INTO branding_asset (pool_uid, branding_id, slot, part, doc, content) VALUES (?, ?, 'logo', 0, '{}', ?)`
const imageOf = `SELECT content FROM branding_asset WHERE pool_uid = ? AND branding_id = ? AND slot = 'logo' AND part = 0`
const removeImage = `DELETE FROM branding_asset WHERE pool_uid = ? AND branding_id = ? AND slot = 'logo'`

const drop = async (tx: Tx, poolUid: string, holder: string): Promise<boolean> => {
  // First, so that of two writers the second one waits here and then finds the image that the first one set.
  if (!(await tx.run(remove, poolUid, holder))) return false
  await tx.run(removeImage, poolUid, holder)
  return true
}

/** Removes the look of a client. */
export const dropUiCustomization = async (tx: Tx, poolUid: string, clientUid: string): Promise<void> => {
  await drop(tx, poolUid, clientUid)
}

const read = async (tx: Tx, poolUid: string, holder: string): Promise<UiCustomization | undefined> => {
  const row = await tx.get<{ doc: string }>(byHolder, poolUid, holder)
  return row && readDoc<UiCustomization>(row)
}

/** Looks of the classic pages. */
export const uiCustomizationVerbs: VerbsOf<'uiCustomizations'> = {
  put: {
    kind: 'write',
    run: async (tx, by, customization, image) => {
      const { poolUid, holder } = customization
      const stands = holder === allClients ? poolStands(tx, poolUid) : clientStands(tx, poolUid, holder)
      if (!(await stands)) return customization
      const stored = { ...customization, createdAt: (await read(tx, poolUid, holder))?.createdAt ?? customization.createdAt }
      await tx.run(put, poolUid, holder, JSON.stringify(stored))
      await tx.run(removeImage, poolUid, holder)
      if (image !== undefined) await tx.run(insertImage, poolUid, holder, Buffer.from(image).toString('base64'))
      await leaveAudit(tx, by, poolUid, holder, 'look set')
      return stored
    },
  },

  worn: {
    kind: 'point',
    run: async (tx, poolUid, holder) => {
      const looks = (await tx.all<{ doc: string }>(byEither, poolUid, holder, allClients)).map(readDoc<UiCustomization>)
      return looks.find((look) => look.holder === holder) ?? looks[0]
    },
  },

  image: {
    kind: 'point',
    run: async (tx, poolUid, holder) => {
      const row = await tx.get<{ content: string }>(imageOf, poolUid, holder)
      return row && new Uint8Array(Buffer.from(row.content, 'base64'))
    },
  },

  remove: {
    kind: 'write',
    run: async (tx, by, poolUid, holder) => {
      if (!(await drop(tx, poolUid, holder))) return 'absent'
      await leaveAudit(tx, by, poolUid, holder, 'look removed')
      return 'removed'
    },
  },
}
