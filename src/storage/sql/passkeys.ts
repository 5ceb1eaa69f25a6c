import type { Passkey } from '../../domain/passkey.ts'
import { digest } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import { readDoc } from './record.ts'
import { dropTally, giveSlot, takeSlot } from './tally.ts'
import type { Tx } from './tx.ts'
import { undo } from './undo.ts'
import { userStands } from './user-stands.ts'
import type { VerbsOf } from './verb.ts'

const insert = `INSERT INTO passkey (pool_uid, user_id, credential_hash, counter, doc) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const byId = 'SELECT counter, doc FROM passkey WHERE pool_uid = ? AND user_id = ? AND credential_hash = ?'
const list = `SELECT credential_hash, counter, doc FROM passkey
  WHERE pool_uid = ? AND user_id = ? AND credential_hash > ? ORDER BY credential_hash LIMIT ?`
const count = `UPDATE passkey SET counter = ? WHERE pool_uid = ? AND user_id = ? AND credential_hash = ?
  AND (counter < ? OR (counter = 0 AND CAST(? AS BIGINT) = 0))`
const remove = 'DELETE FROM passkey WHERE pool_uid = ? AND user_id = ? AND credential_hash = ?'
const removeAll = 'DELETE FROM passkey WHERE pool_uid = ? AND user_id = ?'

interface PasskeyRow {
  readonly counter: number
  readonly doc: string
}

const readPasskey = (row: PasskeyRow): Passkey => ({ ...readDoc<Passkey>(row), counter: row.counter })

const slots = (userId: string): string => `passkeys:${userId}`

/** Removes all passkeys of a user. */
export const dropPasskeys = async (tx: Tx, poolUid: string, userId: string): Promise<void> => {
  if (await tx.run(removeAll, poolUid, userId)) await dropTally(tx, poolUid, slots(userId))
}

/** Passkeys of users; a credential id can have 1,023 bytes (WebAuthn), so its hash stands in the key. */
export const passkeyVerbs: VerbsOf<'passkeys'> = {
  add: {
    kind: 'write',
    run: async (tx, by, passkey, limit) => {
      const { poolUid, userId, credentialId, counter } = passkey
      if (!(await userStands(tx, poolUid, userId))) return 'added'
      const hash = digest(credentialId)
      if (!(await tx.run(insert, poolUid, userId, hash, counter, JSON.stringify(passkey)))) return 'exists'
      if (!(await takeSlot(tx, poolUid, slots(userId), limit))) return undo('too many')
      await leaveAudit(tx, by, poolUid, userId, `passkey added: ${hash}`)
      return 'added'
    },
  },

  byId: {
    kind: 'point',
    run: async (tx, poolUid, userId, credentialId) => {
      const row = await tx.get<PasskeyRow>(byId, poolUid, userId, digest(credentialId))
      return row && readPasskey(row)
    },
  },

  list: {
    kind: 'point',
    run: async (tx, poolUid, userId, page) => {
      const found = await tx.all<PasskeyRow & { credential_hash: string }>(list, poolUid, userId, page.after ?? '', page.limit + 1)
      return pageOf(found, page.limit, (row) => row.credential_hash, readPasskey)
    },
  },

  count: {
    kind: 'write',
    run: async (tx, by, { poolUid, userId, credentialId }, counter) => {
      const key = [poolUid, userId, digest(credentialId)] as const
      if (!(await tx.run(count, counter, ...key, counter, counter))) return (await tx.get(byId, ...key)) ? 'not higher' : 'absent'
      await leaveAudit(tx, by, poolUid, userId, `passkey used: ${key[2]}`)
      return 'counted'
    },
  },

  delete: {
    kind: 'write',
    run: async (tx, by, poolUid, userId, credentialId) => {
      const hash = digest(credentialId)
      if (!(await tx.run(remove, poolUid, userId, hash))) return 'absent'
      await giveSlot(tx, poolUid, slots(userId))
      await leaveAudit(tx, by, poolUid, userId, `passkey deleted: ${hash}`)
      return 'deleted'
    },
  },
}
