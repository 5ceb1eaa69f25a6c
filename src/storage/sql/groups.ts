import type { Group } from '../../domain/group.ts'
import type { User } from '../../domain/user.ts'
import { leaveAudit } from './leave-audit.ts'
import { pageOf } from './page-of.ts'
import { poolStands } from './pool-stands.ts'
import { docSchema, readDoc, saveDoc } from './record.ts'
import { giveSlot, takeSlot, takeTurn } from './tally.ts'
import { undo } from './undo.ts'
import { userStands } from './user-stands.ts'
import type { VerbsOf } from './verb.ts'

const byName = 'SELECT doc FROM user_group WHERE pool_uid = ? AND group_name = ?'
const holderOfName = 'SELECT group_uid FROM user_group WHERE pool_uid = ? AND group_name = ?'
const insert = `INSERT INTO user_group (pool_uid, group_name, group_uid, version, doc_schema, doc) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`
const list = 'SELECT group_name, doc FROM user_group WHERE pool_uid = ? AND group_name > ? ORDER BY group_name LIMIT ?'
const save = {
  update: `UPDATE user_group SET version = ?, doc_schema = ?, doc = ?
    WHERE pool_uid = ? AND group_name = ? AND group_uid = ? AND version = ? AND doc_schema <= ?`,
  stored: 'SELECT version, doc_schema, doc FROM user_group WHERE pool_uid = ? AND group_name = ? AND group_uid = ?',
}
const remove = 'DELETE FROM user_group WHERE pool_uid = ? AND group_name = ? AND group_uid = ?'
const addJob = `INSERT INTO purge_job (pool_uid, kind, subject, created_at, due_at) VALUES (?, 'group', ?, ?, ?)
  ON CONFLICT DO NOTHING`

// A membership counts only while its group stands under the same uid: those of a deleted one are rows that wait for the purge.
const addMember = `INSERT INTO group_member (pool_uid, group_uid, user_id, group_name)
  SELECT g.pool_uid, g.group_uid, u.user_id, g.group_name
  FROM user_group g JOIN pool_user u ON u.pool_uid = g.pool_uid
  WHERE g.pool_uid = ? AND g.group_name = ? AND g.group_uid = ? AND u.user_id = ?
  ON CONFLICT DO NOTHING`
const removeMember = 'DELETE FROM group_member WHERE pool_uid = ? AND group_uid = ? AND user_id = ?'
const countOfUser = `SELECT count(*) AS n FROM group_member m
  JOIN user_group g ON g.pool_uid = m.pool_uid AND g.group_name = m.group_name AND g.group_uid = m.group_uid
  WHERE m.pool_uid = ? AND m.user_id = ?`
const ofUser = `SELECT m.group_name, g.doc FROM group_member m
  JOIN user_group g ON g.pool_uid = m.pool_uid AND g.group_name = m.group_name AND g.group_uid = m.group_uid
  WHERE m.pool_uid = ? AND m.user_id = ? AND m.group_name > ? ORDER BY m.group_name LIMIT ?`
const members = `SELECT m.user_id, u.doc FROM group_member m
  JOIN pool_user u ON u.pool_uid = m.pool_uid AND u.user_id = m.user_id
  WHERE m.pool_uid = ? AND m.group_uid = ? AND m.user_id > ? ORDER BY m.user_id LIMIT ?`

const slots = 'groups'

/** The row at which changes of one user's memberships take turns. */
export const membershipTurn = (userId: string): string => `memberships:${userId}`

/** Groups and their members. */
export const groupVerbs: VerbsOf<'groups'> = {
  create: {
    kind: 'write',
    run: async (tx, by, group, limit) => {
      if (!(await poolStands(tx, group.poolUid))) return 'created'
      if (!(await takeSlot(tx, group.poolUid, slots, limit))) return 'too many'
      const row = [group.poolUid, group.GroupName, group.uid, group.version, docSchema, JSON.stringify(group)]
      if (!(await tx.run(insert, ...row))) {
        const holder = await tx.get<{ group_uid: string }>(holderOfName, group.poolUid, group.GroupName)
        return undo(holder?.group_uid === group.uid ? 'created' : 'name taken')
      }
      await leaveAudit(tx, by, group.poolUid, group.uid, 'created')
      return 'created'
    },
  },

  byName: {
    kind: 'point',
    run: async (tx, poolUid, name) => {
      const row = await tx.get<{ doc: string }>(byName, poolUid, name)
      return row && readDoc<Group>(row)
    },
  },

  list: {
    kind: 'scan',
    run: async (tx, poolUid, page) => {
      const found = await tx.all<{ group_name: string; doc: string }>(list, poolUid, page.after ?? '', page.limit + 1)
      return pageOf(found, page.limit, (row) => row.group_name, readDoc<Group>)
    },
  },

  update: {
    kind: 'write',
    run: async (tx, by, group) => {
      if (!(await saveDoc(tx, save, group, group.poolUid, group.GroupName, group.uid))) return 'version conflict'
      await leaveAudit(tx, by, group.poolUid, group.uid, 'updated')
      return 'updated'
    },
  },

  delete: {
    kind: 'write',
    run: async (tx, by, group) => {
      if (!(await tx.run(remove, group.poolUid, group.GroupName, group.uid))) return 'absent'
      await giveSlot(tx, group.poolUid, slots)
      await tx.run(addJob, group.poolUid, group.uid, by.at, by.at)
      await leaveAudit(tx, by, group.poolUid, group.uid, 'deleted')
      return 'deleted'
    },
  },

  addMember: {
    kind: 'write',
    run: async (tx, by, group, userId, limit) => {
      if (!(await userStands(tx, group.poolUid, userId))) return 'added'
      // Additions for one user take turns, so that the count below is right.
      await takeTurn(tx, group.poolUid, membershipTurn(userId))
      // No row: a member already, or group or user went a moment ago and the membership with it.
      if (!(await tx.run(addMember, group.poolUid, group.GroupName, group.uid, userId))) return undo('added')
      const memberships = await tx.get<{ n: number }>(countOfUser, group.poolUid, userId)
      if ((memberships?.n ?? 0) > limit) return undo('too many')
      await leaveAudit(tx, by, group.poolUid, userId, `added to ${group.uid}`)
      return 'added'
    },
  },

  removeMember: {
    kind: 'write',
    run: async (tx, by, group, userId) => {
      if (!(await tx.run(removeMember, group.poolUid, group.uid, userId))) return
      await leaveAudit(tx, by, group.poolUid, userId, `removed from ${group.uid}`)
    },
  },

  ofUser: {
    kind: 'point',
    run: async (tx, poolUid, userId, page) => {
      const found = await tx.all<{ group_name: string; doc: string }>(ofUser, poolUid, userId, page.after ?? '', page.limit + 1)
      return pageOf(found, page.limit, (row) => row.group_name, readDoc<Group>)
    },
  },

  members: {
    kind: 'scan',
    run: async (tx, group, page) => {
      const holder = await tx.get<{ group_uid: string }>(holderOfName, group.poolUid, group.GroupName)
      if (holder?.group_uid !== group.uid || !(await poolStands(tx, group.poolUid))) return { rows: [] }
      const found = await tx.all<{ user_id: string; doc: string }>(members, group.poolUid, group.uid, page.after ?? '', page.limit + 1)
      return pageOf(found, page.limit, (row) => row.user_id, readDoc<User>)
    },
  },
}
