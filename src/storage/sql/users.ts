import type { User } from '../../domain/user.ts'
import { dropEvents, hasEvents } from './auth-events.ts'
import { dropCodes, putCode } from './codes.ts'
import { dropCredentials, putCredential, readCredential, readHistory } from './credentials.ts'
import { dropDevices } from './devices.ts'
import { membershipTurn } from './groups.ts'
import { leaveAudit } from './leave-audit.ts'
import { listUsers } from './list-users.ts'
import { claimNames, releaseNames } from './login-names.ts'
import { heldNames, nameHash, type Owned } from './owned.ts'
import { dropPasskeys } from './passkeys.ts'
import { poolStands } from './pool-stands.ts'
import { docSchema, readDoc } from './record.ts'
import { saveUsers } from './save-users.ts'
import { replaceEntries } from './search-entries.ts'
import { dropTally } from './tally.ts'
import { undo } from './undo.ts'
import { dropSessions } from './user-sessions.ts'
import type { VerbsOf } from './verb.ts'

const insert = `INSERT INTO pool_user (pool_uid, user_id, version, doc_schema, doc, owned) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
// The join keeps the users of a deleted pool out of reach before the purge has come by.
const byId = `SELECT u.doc FROM pool_user u JOIN user_pool p ON p.pool_uid = u.pool_uid
  WHERE u.pool_uid = ? AND u.user_id = ?`
const byIdAndOrigin = `SELECT u.doc, r.expires_at FROM pool_user u JOIN user_pool p ON p.pool_uid = u.pool_uid
  LEFT JOIN revocation r ON r.pool_uid = u.pool_uid AND r.origin_id = ?
  WHERE u.pool_uid = ? AND u.user_id = ?`
const byName = `SELECT u.doc FROM login_name n
  JOIN pool_user u ON u.pool_uid = n.pool_uid AND u.user_id = n.user_id
  JOIN user_pool p ON p.pool_uid = n.pool_uid
  WHERE n.pool_uid = ? AND n.name_hash = ?`
const remove = 'DELETE FROM pool_user WHERE pool_uid = ? AND user_id = ? RETURNING owned'
const removeMemberships = 'DELETE FROM group_member WHERE pool_uid = ? AND user_id = ?'
const addJob = `INSERT INTO purge_job (pool_uid, kind, subject, created_at, due_at) VALUES (?, 'user', ?, ?, ?)
  ON CONFLICT DO NOTHING`

/** So many events of a deleted user go with it at once; the rest of somebody who has more goes in the background. */
const eventsAtOnce = 100

/** Users with their sign-in names, search entries and credentials. */
export const userVerbs: VerbsOf<'users'> = {
  register: {
    kind: 'write',
    run: async (tx, by, { user, names, search, credential, code }) => {
      const { poolUid, id } = user
      if (!(await poolStands(tx, poolUid))) return 'registered'
      const owned = JSON.stringify({ names: heldNames({}, [], names), search } satisfies Owned)
      // No row: an earlier try of the same registration came through.
      if (!(await tx.run(insert, poolUid, id, user.version, docSchema, JSON.stringify(user), owned))) return 'registered'
      const taken = await claimNames(tx, poolUid, id, names)
      if (taken) return undo({ taken })
      await replaceEntries(tx, poolUid, id, [], search)
      if (credential) await putCredential(tx, poolUid, id, credential)
      if (code) await putCode(tx, code)
      await leaveAudit(tx, by, poolUid, id, 'registered')
      return 'registered'
    },
  },

  byId: {
    kind: 'point',
    run: async (tx, poolUid, id) => {
      const row = await tx.get<{ doc: string }>(byId, poolUid, id)
      return row && readDoc<User>(row)
    },
  },

  byIdAndOrigin: {
    kind: 'point',
    run: async (tx, poolUid, id, originId) => {
      const row = await tx.get<{ doc: string; expires_at: number | null }>(byIdAndOrigin, originId, poolUid, id)
      return row && { user: readDoc<User>(row), isRevoked: row.expires_at !== null }
    },
  },

  byName: {
    kind: 'point',
    run: async (tx, poolUid, name) => {
      const row = await tx.get<{ doc: string }>(byName, poolUid, nameHash(name))
      return row && readDoc<User>(row)
    },
  },

  save: { kind: 'write', run: saveUsers },

  delete: {
    kind: 'write',
    run: async (tx, by, { poolUid, id }) => {
      const row = await tx.get<{ owned: string }>(remove, poolUid, id)
      if (row === undefined) return 'absent'
      const owned = JSON.parse(row.owned) as Owned
      await releaseNames(tx, poolUid, id, Object.keys(owned.names))
      await replaceEntries(tx, poolUid, id, owned.search, [])
      await dropCredentials(tx, poolUid, id)
      await dropCodes(tx, poolUid, id)
      await tx.run(removeMemberships, poolUid, id)
      await dropTally(tx, poolUid, membershipTurn(id))
      await dropDevices(tx, poolUid, id)
      await dropPasskeys(tx, poolUid, id)
      await dropSessions(tx, poolUid, id)
      await dropEvents(tx, poolUid, id, eventsAtOnce)
      // Fewer may have gone than there were: a sweep may have been removing the same ones.
      if (await hasEvents(tx, poolUid, id)) await tx.run(addJob, poolUid, id, by.at, by.at)
      await leaveAudit(tx, by, poolUid, id, 'deleted')
      return 'deleted'
    },
  },

  list: { kind: 'scan', run: listUsers },

  credential: { kind: 'point', run: readCredential },

  credentialHistory: { kind: 'point', run: readHistory },
}
