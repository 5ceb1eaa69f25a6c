import { longestLogin } from '../../domain/session-settings.ts'
import { sessionType, type UserSession } from '../../domain/user-session.ts'
import type { By } from '../store.ts'
import { bucketOf } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import { readDoc } from './record.ts'
import { revokeOrigin } from './revocations.ts'
import { dropTally, takeTurn } from './tally.ts'
import type { Tx } from './tx.ts'
import { userStands } from './user-stands.ts'
import type { VerbsOf } from './verb.ts'

const put = `INSERT INTO user_session (pool_uid, user_id, session_id, doc, last_used_at, bucket, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (pool_uid, user_id, session_id) DO UPDATE SET doc = excluded.doc, last_used_at = excluded.last_used_at,
    expires_at = excluded.expires_at`
const touch = `UPDATE user_session SET last_used_at = CASE WHEN last_used_at < ? THEN ? ELSE last_used_at END
  WHERE pool_uid = ? AND user_id = ? AND session_id = ?`
const byId = 'SELECT doc, last_used_at FROM user_session WHERE pool_uid = ? AND user_id = ? AND session_id = ?'
const ofUser = 'SELECT doc, last_used_at FROM user_session WHERE pool_uid = ? AND user_id = ?'
const remove = 'DELETE FROM user_session WHERE pool_uid = ? AND user_id = ? AND session_id = ? RETURNING doc, last_used_at'
const removeAll = 'DELETE FROM user_session WHERE pool_uid = ? AND user_id = ?'

/** A session's last access token outlives its refresh token by so much at most, in ms (TokenValidityUnits). */
const day = 86_400_000

/** No list of a user's sessions is longer (API reference, "AdminListUserSessions"). */
const longestList = 125

interface SessionRow {
  readonly doc: string
  readonly last_used_at: number
}

const readSession = (row: SessionRow): UserSession => ({ ...readDoc<UserSession>(row), lastUsedAt: row.last_used_at })

const newestFirst = (a: UserSession, b: UserSession) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)
const usedLastFirst = (a: UserSession, b: UserSession) => b.lastUsedAt - a.lastUsedAt || newestFirst(a, b)

const turn = (userId: string): string => `sessions:${userId}`

/** When nothing of a session can be good any more. */
const endOf = (by: By, session: UserSession): number =>
  sessionType(session) === 'SSO' ? Math.max(session.expiresAt, by.at + longestLogin) : session.expiresAt + day

const endSession = async (tx: Tx, by: By, { poolUid, userId, id }: UserSession): Promise<boolean> => {
  const row = await tx.get<SessionRow>(remove, poolUid, userId, id)
  if (row === undefined) return false
  const session = readSession(row)
  await revokeOrigin(tx, by, poolUid, session.originId, endOf(by, session))
  return true
}

/** Removes all sessions of a user who is gone, and whose tokens are dead with it. */
export const dropSessions = async (tx: Tx, poolUid: string, userId: string): Promise<void> => {
  await tx.run(removeAll, poolUid, userId)
  await dropTally(tx, poolUid, turn(userId))
}

/** Listed sessions. A user has never more rows of a kind than the limit that its last one was opened under, so lists are sorted here. */
export const userSessionVerbs: VerbsOf<'userSessions'> = {
  open: {
    kind: 'write',
    run: async (tx, by, session, limit) => {
      const { poolUid, userId, id, lastUsedAt } = session
      if (!(await userStands(tx, poolUid, userId))) return
      // On engines that run writers side by side, the sessions of one user are opened one after another, so that the count is right.
      await takeTurn(tx, poolUid, turn(userId))
      const listed = (await tx.all<SessionRow>(ofUser, poolUid, userId)).map(readSession)
      const others = listed.filter((other) => other.id !== id)
      // A cookie of before may live longer than the one of now.
      const expiresAt = Math.max(session.expiresAt, listed.find((other) => other.id === id)?.expiresAt ?? 0)
      const kind = sessionType(session)
      const live = others.filter((other) => other.expiresAt > by.at && sessionType(other) === kind).sort(usedLastFirst)
      for (const over of others.filter((other) => other.expiresAt <= by.at)) await tx.get(remove, poolUid, userId, over.id)
      for (const oldest of live.slice(Math.max(0, limit - 1))) await endSession(tx, by, oldest)
      await tx.run(put, poolUid, userId, id, JSON.stringify({ ...session, expiresAt }), lastUsedAt, bucketOf(id), expiresAt)
      await leaveAudit(tx, by, poolUid, userId, `session opened: ${id}`)
    },
  },

  touch: {
    kind: 'write',
    run: async (tx, by, { poolUid, userId, id }) => ((await tx.run(touch, by.at, by.at, poolUid, userId, id)) ? 'touched' : 'absent'),
  },

  byId: {
    kind: 'point',
    run: async (tx, poolUid, userId, id) => {
      const row = await tx.get<SessionRow>(byId, poolUid, userId, id)
      return row && readSession(row)
    },
  },

  ofUser: {
    kind: 'point',
    run: async (tx, poolUid, userId, now) => {
      const sessions = (await tx.all<SessionRow>(ofUser, poolUid, userId)).map(readSession)
      return sessions
        .filter(({ expiresAt }) => expiresAt > now)
        .sort(newestFirst)
        .slice(0, longestList)
    },
  },

  end: {
    kind: 'write',
    run: async (tx, by, session) => {
      if (!(await endSession(tx, by, session))) return 'absent'
      await leaveAudit(tx, by, session.poolUid, session.userId, `session ended: ${session.id}`)
      return 'ended'
    },
  },
}
