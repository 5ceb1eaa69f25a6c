import { serverUid } from '../../domain/server-uid.ts'
import { buckets } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import { purgeDeleted } from './purge-deleted.ts'
import { expired, purgeExpired, removeExpired } from './purge-expired.ts'
import type { VerbsOf } from './verb.ts'

/** portable-sql rule: no transaction touches more rows. */
const mostRows = 500

const emptied: readonly string[] = [
  'DELETE FROM user_pool_name',
  'DELETE FROM user_pool',
  'DELETE FROM pool_domain_name',
  'DELETE FROM app_client_name',
  'DELETE FROM app_client',
  'DELETE FROM resource_server',
  'DELETE FROM ui_customization',
  'DELETE FROM login_branding',
  'DELETE FROM branding_asset',
  'DELETE FROM terms',
  'DELETE FROM user_group',
  'DELETE FROM group_member',
  'DELETE FROM tally',
  'DELETE FROM pool_user',
  'DELETE FROM login_name',
  'DELETE FROM user_search',
  'DELETE FROM identity',
  'DELETE FROM credential',
  'DELETE FROM credential_history',
  'DELETE FROM code',
  'DELETE FROM attempt',
  'DELETE FROM quota',
  'DELETE FROM spent',
  'DELETE FROM revocation',
  'DELETE FROM challenge_state',
  'DELETE FROM refresh_family',
  'DELETE FROM authorization_code',
  'DELETE FROM device',
  'DELETE FROM passkey',
  'DELETE FROM user_session',
  'DELETE FROM auth_event',
  'DELETE FROM audit',
  'DELETE FROM purge_job',
]

const sessionRows: readonly string[] = [
  expired.code,
  expired.authorizationCode,
  expired.challengeState,
  expired.refreshFamily,
  expired.userSession,
  expired.operatorSession,
]
/** No row expires later. */
const endOfTime = Number.MAX_SAFE_INTEGER

/** What keeps the store small. */
export const maintenanceVerbs: VerbsOf<'maintenance'> = {
  purge: {
    kind: 'write',
    run: async (tx, by, limit) => {
      const budget = Math.min(limit, mostRows)
      const expired = await purgeExpired(tx, by.at, budget)
      const removed = expired + (await purgeDeleted(tx, by.at, budget - expired))
      if (removed) await leaveAudit(tx, by, serverUid, 'store', `purged ${removed}`)
      return removed
    },
  },

  dropSessions: {
    kind: 'write',
    run: async (tx, by, limit) => {
      const budget = Math.min(limit, mostRows)
      let removed = 0
      for (const statement of sessionRows) {
        for (const bucket of buckets) {
          if (removed < budget) removed += await removeExpired(tx, statement, bucket, endOfTime, budget - removed)
        }
      }
      if (removed) await leaveAudit(tx, by, serverUid, 'store', `dropped ${removed}`)
      return removed
    },
  },

  wipe: {
    kind: 'write',
    run: async (tx, by) => {
      for (const statement of emptied) await tx.run(statement)
      await leaveAudit(tx, by, serverUid, 'store', 'wiped')
    },
  },
}
