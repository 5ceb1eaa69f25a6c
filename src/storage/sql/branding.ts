import { assetSlot, type BrandingAsset, type LoginBranding, type StyledLogin } from '../../domain/login-branding.ts'
import { cachedRecord } from './cached-record.ts'
import { clientStands } from './client-stands.ts'
import { leaveAudit } from './leave-audit.ts'
import { docSchema, readDoc, saveDoc } from './record.ts'
import { giveSlot, takeSlot } from './tally.ts'
import type { Tx } from './tx.ts'
import { undo } from './undo.ts'
import type { VerbsOf } from './verb.ts'

const byId = 'SELECT doc FROM login_branding WHERE pool_uid = ? AND branding_id = ?'
const byClient = 'SELECT doc FROM login_branding WHERE pool_uid = ? AND client_uid = ?'
const versionByClient = 'SELECT branding_id, version FROM login_branding WHERE pool_uid = ? AND client_uid = ?'
const versioned = 'SELECT version, doc FROM login_branding WHERE pool_uid = ? AND branding_id = ?'
const insert = `INSERT INTO login_branding (pool_uid, client_uid, branding_id, version, doc_schema, doc) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const save = {
  update: `UPDATE login_branding SET version = ?, doc_schema = ?, doc = ?
    WHERE pool_uid = ? AND branding_id = ? AND version = ? AND doc_schema <= ?`,
  stored: 'SELECT version, doc_schema, doc FROM login_branding WHERE pool_uid = ? AND branding_id = ?',
}
const remove = 'DELETE FROM login_branding WHERE pool_uid = ? AND branding_id = ?'
const assetsOf = `SELECT slot, part, doc, content FROM branding_asset WHERE pool_uid = ? AND branding_id = ?
  ORDER BY slot, part`
const assetOf = `SELECT slot, part, doc, content FROM branding_asset WHERE pool_uid = ? AND branding_id = ? AND slot = ?
  ORDER BY part`
const insertPart = 'INSERT INTO branding_asset (pool_uid, branding_id, slot, part, doc, content) VALUES (?, ?, ?, ?, ?, ?)'
const removeSlot = 'DELETE FROM branding_asset WHERE pool_uid = ? AND branding_id = ? AND slot = ?'
const removeAssets = 'DELETE FROM branding_asset WHERE pool_uid = ? AND branding_id = ?'

const slots = 'brandings'

/** Characters of base64 in a part; a multiple of four, so that parts join. */
const partSize = 500_000

interface Part {
  readonly slot: string
  readonly part: number
  readonly doc: string
  readonly content: string
}

const readAssets = (parts: readonly Part[]): BrandingAsset[] => {
  const contents = new Map<string, { doc: string; content: string }>()
  for (const { slot, doc, content } of parts) contents.set(slot, { doc, content: (contents.get(slot)?.content ?? '') + content })
  return [...contents.values()].map((asset) => ({
    ...readDoc<Omit<BrandingAsset, 'Bytes'>>(asset),
    Bytes: new Uint8Array(Buffer.from(asset.content, 'base64')),
  }))
}

const putAsset = async (tx: Tx, { poolUid, ManagedLoginBrandingId: id }: LoginBranding, asset: BrandingAsset): Promise<void> => {
  const { Bytes, ...rest } = asset
  const slot = assetSlot(asset)
  const content = Buffer.from(Bytes).toString('base64')
  await tx.run(removeSlot, poolUid, id, slot)
  for (let part = 0; part * partSize < content.length; part += 1) {
    await tx.run(insertPart, poolUid, id, slot, part, JSON.stringify(rest), content.slice(part * partSize, (part + 1) * partSize))
  }
}

const read = async (tx: Tx, statement: string, poolUid: string, key: string): Promise<StyledLogin | undefined> => {
  const row = await tx.get<{ doc: string }>(statement, poolUid, key)
  if (row === undefined) return undefined
  const branding = readDoc<LoginBranding>(row)
  return { branding, assets: readAssets(await tx.all<Part>(assetsOf, poolUid, branding.ManagedLoginBrandingId)) }
}

const drop = async (tx: Tx, poolUid: string, brandingId: string): Promise<boolean> => {
  if (!(await tx.run(remove, poolUid, brandingId))) return false
  await tx.run(removeAssets, poolUid, brandingId)
  await giveSlot(tx, poolUid, slots)
  return true
}

/** Removes the style of a client. */
export const dropBranding = async (tx: Tx, poolUid: string, clientUid: string): Promise<void> => {
  const row = await tx.get<{ doc: string }>(byClient, poolUid, clientUid)
  if (row !== undefined) await drop(tx, poolUid, readDoc<LoginBranding>(row).ManagedLoginBrandingId)
}

/** Styles of managed login; each image stands in rows of its own. */
export const brandingVerbs: VerbsOf<'brandings'> = {
  create: {
    kind: 'write',
    run: async (tx, by, branding, assets, limit) => {
      const { poolUid, clientUid, ManagedLoginBrandingId: id, version } = branding
      if (!(await clientStands(tx, poolUid, clientUid))) return 'created'
      if (!(await tx.run(insert, poolUid, clientUid, id, version, docSchema, JSON.stringify(branding)))) return 'exists'
      if (!(await takeSlot(tx, poolUid, slots, limit))) return undo('too many')
      for (const asset of assets) await putAsset(tx, branding, asset)
      await leaveAudit(tx, by, poolUid, id, 'created')
      return 'created'
    },
  },

  byId: { kind: 'scan', run: (tx, poolUid, brandingId) => read(tx, byId, poolUid, brandingId) },

  byClient: { kind: 'scan', run: (tx, poolUid, clientUid) => read(tx, byClient, poolUid, clientUid) },

  styleOf: {
    kind: 'point',
    run: async (tx, poolUid, clientUid) => {
      const row = await tx.get<{ branding_id: string; version: number }>(versionByClient, poolUid, clientUid)
      return row && cachedRecord<LoginBranding>(tx, row.branding_id, row.version, versioned, poolUid, row.branding_id)
    },
  },

  asset: {
    kind: 'scan',
    run: async (tx, poolUid, brandingId, slot) => readAssets(await tx.all<Part>(assetOf, poolUid, brandingId, slot))[0],
  },

  update: {
    kind: 'write',
    run: async (tx, by, branding, { put, keep }) => {
      const { poolUid, ManagedLoginBrandingId: id } = branding
      if (!(await saveDoc(tx, save, branding, poolUid, id))) return 'version conflict'
      if (keep === 'none') await tx.run(removeAssets, poolUid, id)
      for (const asset of put) await putAsset(tx, branding, asset)
      await leaveAudit(tx, by, poolUid, id, 'updated')
      return 'updated'
    },
  },

  delete: {
    kind: 'write',
    run: async (tx, by, { poolUid, ManagedLoginBrandingId: id }) => {
      if (!(await drop(tx, poolUid, id))) return 'absent'
      await leaveAudit(tx, by, poolUid, id, 'deleted')
      return 'deleted'
    },
  },
}
