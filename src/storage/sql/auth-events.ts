import type { AuthEvent } from '../../domain/auth-event.ts'
import { bucketOf } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import { readDoc } from './record.ts'
import type { Tx } from './tx.ts'
import { userStands } from './user-stands.ts'
import type { VerbsOf } from './verb.ts'

const insert = `INSERT INTO auth_event (pool_uid, user_id, event_id, created_at, bucket, doc) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const byId = 'SELECT doc FROM auth_event WHERE pool_uid = ? AND user_id = ? AND event_id = ?'
const newest = `SELECT event_id, created_at, doc FROM auth_event
  WHERE pool_uid = ? AND user_id = ? AND created_at <= ? AND (created_at < ? OR event_id < ?)
  ORDER BY created_at DESC, event_id DESC LIMIT ?`
const replace = 'UPDATE auth_event SET doc = ? WHERE pool_uid = ? AND user_id = ? AND event_id = ?'
const removeSome = `DELETE FROM auth_event WHERE (pool_uid, user_id, event_id) IN
  (SELECT pool_uid, user_id, event_id FROM auth_event WHERE pool_uid = ? AND user_id = ? ORDER BY event_id LIMIT ?)`
const first = 'SELECT event_id FROM auth_event WHERE pool_uid = ? AND user_id = ? ORDER BY event_id LIMIT 1'

interface EventRow {
  readonly event_id: string
  readonly created_at: number
  readonly doc: string
}

/** Removes up to `limit` events of a user; answers how many. */
export const dropEvents = async (tx: Tx, poolUid: string, userId: string, limit: number): Promise<number> =>
  tx.run(removeSome, poolUid, userId, limit)

/** Whether a user has events. */
export const hasEvents = async (tx: Tx, poolUid: string, userId: string): Promise<boolean> =>
  (await tx.get(first, poolUid, userId)) !== undefined

/** What threat protection looked at. The list reads an index by time backwards, so that a page costs its own rows only. */
export const authEventVerbs: VerbsOf<'authEvents'> = {
  add: {
    kind: 'write',
    run: async (tx, by, event) => {
      const { poolUid, userId, EventId, CreationDate } = event
      if (!(await userStands(tx, poolUid, userId))) return
      const added = await tx.run(insert, poolUid, userId, EventId, CreationDate, bucketOf(EventId), JSON.stringify(event))
      if (added) await leaveAudit(tx, by, poolUid, userId, `event added: ${EventId}`)
    },
  },

  byId: {
    kind: 'point',
    run: async (tx, poolUid, userId, eventId) => {
      const row = await tx.get<{ doc: string }>(byId, poolUid, userId, eventId)
      return row && readDoc<AuthEvent>(row)
    },
  },

  list: {
    kind: 'point',
    run: async (tx, poolUid, userId, page) => {
      // A cursor is the time, a blank and the id, as in the audit trail.
      const after = page.after ?? `${Number.MAX_SAFE_INTEGER} `
      const border = after.indexOf(' ')
      const at = Number(after.slice(0, border))
      const found = await tx.all<EventRow>(newest, poolUid, userId, at, at, after.slice(border + 1), page.limit + 1)
      return pageOf(found, page.limit, (row) => `${row.created_at} ${row.event_id}`, readDoc<AuthEvent>)
    },
  },

  judge: {
    kind: 'write',
    run: async (tx, by, event) => {
      const { poolUid, userId, EventId, EventFeedback } = event
      const stored = await tx.get<{ doc: string }>(byId, poolUid, userId, EventId)
      if (stored === undefined) return 'absent'
      const judged = { ...readDoc<AuthEvent>(stored), EventFeedback }
      if (!(await tx.run(replace, JSON.stringify(judged), poolUid, userId, EventId))) return 'absent'
      await leaveAudit(tx, by, poolUid, userId, `event judged: ${EventId}`)
      return 'judged'
    },
  },
}
