import { serverUid } from '../../domain/server-uid.ts'
import { leaveAudit } from './leave-audit.ts'
import type { VerbsOf } from './verb.ts'

const byName = 'SELECT value FROM meta WHERE name = ?'
const insert = 'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING'
const upsert = 'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value'

/** Facts about the store itself. */
export const metaVerbs: VerbsOf<'meta'> = {
  get: { kind: 'point', run: async (tx, key) => (await tx.get<{ value: string }>(byName, key))?.value },

  putIfAbsent: {
    kind: 'write',
    run: async (tx, by, key, value) => {
      if (await tx.run(insert, key, value)) await leaveAudit(tx, by, serverUid, key, 'put')
      return (await tx.get<{ value: string }>(byName, key))?.value ?? value
    },
  },

  set: {
    kind: 'write',
    run: async (tx, by, key, value) => {
      await tx.run(upsert, key, value)
      await leaveAudit(tx, by, serverUid, key, 'set')
    },
  },
}
