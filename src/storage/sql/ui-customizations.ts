import { allClients, type UiCustomization } from '../../domain/ui-customization.ts'
import { clientStands } from './client-stands.ts'
import { leaveAudit } from './leave-audit.ts'
import { poolStands } from './pool-stands.ts'
import { readDoc } from './record.ts'
import type { Tx } from './tx.ts'
import type { VerbsOf } from './verb.ts'

const byHolder = 'SELECT doc FROM ui_customization WHERE pool_uid = ? AND holder = ?'
const put = `INSERT INTO ui_customization (pool_uid, holder, doc) VALUES (?, ?, ?)
  ON CONFLICT (pool_uid, holder) DO UPDATE SET doc = excluded.doc`
const remove = 'DELETE FROM ui_customization WHERE pool_uid = ? AND holder = ?'

/** A look as it is stored: the image in base64. */
type Stored = Omit<UiCustomization, 'image'> & { readonly image?: string | undefined }

const read = async (tx: Tx, poolUid: string, holder: string): Promise<UiCustomization | undefined> => {
  const row = await tx.get<{ doc: string }>(byHolder, poolUid, holder)
  if (row === undefined) return undefined
  const { image, ...rest } = readDoc<Stored>(row)
  return image === undefined ? rest : { ...rest, image: new Uint8Array(Buffer.from(image, 'base64')) }
}

/** Removes the look of a client. */
export const dropUiCustomization = async (tx: Tx, poolUid: string, clientUid: string): Promise<void> => {
  await tx.run(remove, poolUid, clientUid)
}

/** Looks of the classic pages. */
export const uiCustomizationVerbs: VerbsOf<'uiCustomizations'> = {
  put: {
    kind: 'write',
    run: async (tx, by, customization) => {
      const { poolUid, holder, image } = customization
      const stands = holder === allClients ? poolStands(tx, poolUid) : clientStands(tx, poolUid, holder)
      if (!(await stands)) return customization
      const createdAt = (await read(tx, poolUid, holder))?.createdAt ?? customization.createdAt
      const stored: Stored = { ...customization, createdAt, image: image && Buffer.from(image).toString('base64') }
      await tx.run(put, poolUid, holder, JSON.stringify(stored))
      await leaveAudit(tx, by, poolUid, holder, 'look set')
      return { ...customization, createdAt }
    },
  },

  byHolder: { kind: 'point', run: read },

  remove: {
    kind: 'write',
    run: async (tx, by, poolUid, holder) => {
      if (!(await tx.run(remove, poolUid, holder))) return 'absent'
      await leaveAudit(tx, by, poolUid, holder, 'look removed')
      return 'removed'
    },
  },
}
