import type { Terms } from '../../domain/terms.ts'
import { clientStands } from './client-stands.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import { docSchema, readDoc, saveDoc } from './record.ts'
import { giveSlot, takeSlot } from './tally.ts'
import type { Tx } from './tx.ts'
import { undo } from './undo.ts'
import type { VerbsOf } from './verb.ts'

const byId = 'SELECT doc FROM terms WHERE pool_uid = ? AND terms_id = ?'
const byName = 'SELECT doc FROM terms WHERE pool_uid = ? AND client_uid = ? AND name = ?'
const nameOf = 'SELECT name FROM terms WHERE pool_uid = ? AND terms_id = ?'
const insert = `INSERT INTO terms (pool_uid, terms_id, client_uid, name, version, doc_schema, doc) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const list = 'SELECT terms_id, doc FROM terms WHERE pool_uid = ? AND terms_id > ? ORDER BY terms_id LIMIT ?'
const save = {
  update: `UPDATE terms SET version = ?, doc_schema = ?, doc = ?
    WHERE pool_uid = ? AND terms_id = ? AND version = ? AND doc_schema <= ?`,
  stored: 'SELECT version, doc_schema, doc FROM terms WHERE pool_uid = ? AND terms_id = ?',
}
const remove = 'DELETE FROM terms WHERE pool_uid = ? AND terms_id = ?'
const removeVersion = 'DELETE FROM terms WHERE pool_uid = ? AND terms_id = ? AND version = ?'
const idsOfClient = 'SELECT terms_id FROM terms WHERE pool_uid = ? AND client_uid = ?'

const slots = 'terms'

const add = (tx: Tx, terms: Terms): Promise<number> =>
  Promise.resolve(
    tx.run(insert, terms.poolUid, terms.TermsId, terms.clientUid, terms.TermsName, terms.version, docSchema, JSON.stringify(terms)),
  )

const drop = async (tx: Tx, poolUid: string, termsId: string): Promise<boolean> => {
  if (!(await tx.run(remove, poolUid, termsId))) return false
  await giveSlot(tx, poolUid, slots)
  return true
}

/** Removes the terms of a client. */
export const dropTerms = async (tx: Tx, poolUid: string, clientUid: string): Promise<void> => {
  for (const { terms_id } of await tx.all<{ terms_id: string }>(idsOfClient, poolUid, clientUid)) await drop(tx, poolUid, terms_id)
}

/** Terms documents. */
export const termsVerbs: VerbsOf<'terms'> = {
  create: {
    kind: 'write',
    run: async (tx, by, terms, limit) => {
      if (!(await clientStands(tx, terms.poolUid, terms.clientUid))) return 'created'
      if (!(await add(tx, terms))) return 'exists'
      if (!(await takeSlot(tx, terms.poolUid, slots, limit))) return undo('too many')
      await leaveAudit(tx, by, terms.poolUid, terms.TermsId, 'created')
      return 'created'
    },
  },

  byId: {
    kind: 'point',
    run: async (tx, poolUid, termsId) => {
      const row = await tx.get<{ doc: string }>(byId, poolUid, termsId)
      return row && readDoc<Terms>(row)
    },
  },

  byName: {
    kind: 'point',
    run: async (tx, poolUid, clientUid, name) => {
      const row = await tx.get<{ doc: string }>(byName, poolUid, clientUid, name)
      return row && readDoc<Terms>(row)
    },
  },

  list: {
    kind: 'scan',
    run: async (tx, poolUid, page) => {
      const found = await tx.all<{ terms_id: string; doc: string }>(list, poolUid, page.after ?? '', page.limit + 1)
      return pageOf(found, page.limit, (row) => row.terms_id, readDoc<Terms>)
    },
  },

  update: {
    kind: 'write',
    run: async (tx, by, terms) => {
      const { poolUid, clientUid, TermsId, TermsName, version } = terms
      const stored = await tx.get<{ name: string }>(nameOf, poolUid, TermsId)
      if (stored === undefined || stored.name === TermsName) {
        if (!(await saveDoc(tx, save, terms, poolUid, TermsId))) return 'version conflict'
      } else {
        // A new name is claimed as a new row claims it, so that a taken one is an answer and no failure.
        if (!(await clientStands(tx, poolUid, clientUid))) return 'version conflict'
        if (!(await tx.run(removeVersion, poolUid, TermsId, version))) return 'version conflict'
        if (!(await add(tx, { ...terms, version: version + 1 }))) return undo('exists')
      }
      await leaveAudit(tx, by, poolUid, TermsId, 'updated')
      return 'updated'
    },
  },

  delete: {
    kind: 'write',
    run: async (tx, by, { poolUid, TermsId }) => {
      if (!(await drop(tx, poolUid, TermsId))) return 'absent'
      await leaveAudit(tx, by, poolUid, TermsId, 'deleted')
      return 'deleted'
    },
  },
}
