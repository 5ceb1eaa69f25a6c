import { mayDoToPool } from '../api/authorise.ts'
import type { Services } from '../context.ts'
import { serverUid } from '../domain/server-uid.ts'
import type { AuditRow } from '../storage/store.ts'
import type { ConsoleView } from './console-views.ts'
import { mayDo } from './operator.ts'

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

const pageOf = async ({ store }: Pick<Services, 'store'>, poolUid: string, after: string | undefined): Promise<object> => {
  const { rows, next } = await store.audit.list(poolUid, { after, limit: pageSize })
  return { rows: rows.map(shown), next }
}

/**
 * A pool's audit trail, newest first, 100 rows a page, for operators whose policies allow poolhouse:ReadAuditTrail on the pool; under `server`
 * that of the server itself, its operators and access keys, for those whom they allow it on `*`.
 */
export const createAuditView =
  (known: Pick<Services, 'store' | 'policy'>): ConsoleView =>
  async (poolId, { operator, after }) => {
    if (poolId === serverUid) return mayDo(operator, 'ReadAuditTrail') ? pageOf(known, serverUid, after) : 'denied'
    // Before it is told whether there is such a pool.
    const [region = ''] = poolId.split('_')
    if (!(await mayDoToPool(known, { policies: operator.policies, region }, 'poolhouse:ReadAuditTrail', poolId))) return 'denied'
    const pool = await known.store.pools.byId(poolId)
    if (pool === undefined) return undefined
    return pageOf(known, pool.uid, after)
  }
