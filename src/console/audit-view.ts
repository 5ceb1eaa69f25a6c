import { mayDoToPool } from '../api/authorise.ts'
import type { Services } from '../context.ts'
import type { AuditRow } from '../storage/store.ts'
import type { ConsoleView } from './console-views.ts'

const pageSize = 100

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

/** A pool's audit trail, newest first, 100 rows a page, for operators whose policies allow poolhouse:ReadAuditTrail on the pool. */
export const createAuditView =
  (known: Pick<Services, 'store' | 'policy'>): ConsoleView =>
  async (poolId, { operator, after }) => {
    // Before it is told whether there is such a pool.
    const [region = ''] = poolId.split('_')
    if (!(await mayDoToPool(known, { policies: operator.policies, region }, 'poolhouse:ReadAuditTrail', poolId))) return 'denied'
    const pool = await known.store.pools.byId(poolId)
    if (pool === undefined) return undefined
    const { rows, next } = await known.store.audit.list(pool.uid, { after, limit: pageSize })
    return { rows: rows.map(shown), next }
  }
