import { mayDoToPool } from '../api/authorise.ts'
import type { Services } from '../context.ts'
import { serverUid } from '../domain/server-uid.ts'
import type { AuditRow } from '../storage/store.ts'
import { auditNames } from './audit-names.ts'
import type { ConsoleView } from './console-views.ts'
import { mayDo } from './operator.ts'

const pageSize = 100

// The time of a row, a blank and its id.
const cursor = /^\d{1,16} [\w.-]{1,128}$/

const shown = ({ id, at, actor, ip, requestId, action, subject, outcome }: AuditRow) => ({
  id,
  at,
  actor,
  ip,
  requestId,
  action,
  subject,
  outcome,
})

const listing = { users: 'ListUsers', groups: 'ListGroups', clients: 'ListUserPoolClients' } as const

/**
 * A pool's audit trail, newest first, 100 rows a page, for operators whose policies allow poolhouse:ReadAuditTrail on the pool, with the names
 * of what they may list as well; under `server` that of the server itself, its operators and access keys, for those whom they allow it on `*`.
 */
export const createAuditView =
  (known: Pick<Services, 'store' | 'policy'>): ConsoleView =>
  async (poolId, { operator, after }) => {
    const { store } = known
    if (after !== undefined && !cursor.test(after)) return 'no such page'
    const page = { after, limit: pageSize }
    if (poolId === serverUid) {
      if (!mayDo(operator, 'ReadAuditTrail')) return 'denied'
      const { rows, next } = await store.audit.list(serverUid, page)
      return { rows: rows.map(shown), next }
    }
    // Before it is told whether there is such a pool.
    const [region = ''] = poolId.split('_')
    const may = (action: `${'poolhouse' | 'cognito-idp'}:${string}`) =>
      mayDoToPool(known, { policies: operator.policies, region }, action, poolId)
    if (!(await may('poolhouse:ReadAuditTrail'))) return 'denied'
    const pool = await store.pools.byId(poolId)
    if (pool === undefined) return undefined
    const { rows, next } = await store.audit.list(pool.uid, page)
    const names = await auditNames(store, pool, rows, (what) => may(`cognito-idp:${listing[what]}`))
    return { rows: rows.map(shown), next, names }
  }
