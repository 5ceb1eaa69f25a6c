import type { OperatorAccount } from '../../domain/operator-account.ts'
import { serverUid } from '../../domain/server-uid.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import { docSchema, readDoc, saveDoc } from './record.ts'
import { giveSlot, takeSlot } from './tally.ts'
import { undo } from './undo.ts'
import type { VerbsOf } from './verb.ts'

const byName = 'SELECT doc FROM operator WHERE name = ?'
const list = 'SELECT name, doc FROM operator WHERE name > ? ORDER BY name LIMIT ?'
const insert = 'INSERT INTO operator (name, version, doc_schema, doc) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'
const update = 'UPDATE operator SET version = ?, doc_schema = ?, doc = ? WHERE name = ? AND version = ? AND doc_schema <= ?'
const stored = 'SELECT version, doc_schema, doc FROM operator WHERE name = ?'
const remove = 'DELETE FROM operator WHERE name = ? AND version = ?'
const exists = 'SELECT name FROM operator WHERE name = ?'

const kind = 'operators'

/** People who may sign in to the console. */
export const operatorVerbs: VerbsOf<'operators'> = {
  create: {
    kind: 'write',
    run: async (tx, by, account, limit) => {
      if (!(await takeSlot(tx, serverUid, kind, limit))) return 'too many'
      if (!(await tx.run(insert, account.name, account.version, docSchema, JSON.stringify(account)))) return undo('name taken')
      await leaveAudit(tx, by, serverUid, `operator ${account.name}`, 'created')
      return 'created'
    },
  },

  byName: {
    kind: 'point',
    run: async (tx, name) => {
      const row = await tx.get<{ doc: string }>(byName, name)
      return row && readDoc<OperatorAccount>(row)
    },
  },

  list: {
    kind: 'scan',
    run: async (tx, page) =>
      pageOf(
        await tx.all<{ name: string; doc: string }>(list, page.after ?? '', page.limit + 1),
        page.limit,
        (row) => row.name,
        (row) => readDoc<OperatorAccount>(row),
      ),
  },

  save: {
    kind: 'write',
    run: async (tx, by, account) => {
      if (!(await saveDoc(tx, { update, stored }, account, account.name))) return 'version conflict'
      await leaveAudit(tx, by, serverUid, `operator ${account.name}`, 'saved')
      return 'saved'
    },
  },

  delete: {
    kind: 'write',
    run: async (tx, by, { name, version }) => {
      if (!(await tx.run(remove, name, version))) return (await tx.get(exists, name)) ? 'version conflict' : 'absent'
      await giveSlot(tx, serverUid, kind)
      await leaveAudit(tx, by, serverUid, `operator ${name}`, 'deleted')
      return 'deleted'
    },
  },
}
