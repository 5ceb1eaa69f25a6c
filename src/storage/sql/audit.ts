import type { AuditRow } from '../store.ts'
import { buckets } from './digest.ts'
import { pageOf } from './page-of.ts'
import type { VerbsOf } from './verb.ts'

const newest = `SELECT id, pool_uid AS "poolUid", written_at AS "at", actor, ip, request_id AS "requestId", action, subject, outcome
  FROM audit WHERE pool_uid = ? AND bucket = ? AND written_at <= ? AND (written_at < ? OR id < ?)
  ORDER BY written_at DESC, id DESC LIMIT ?`

const newestFirst = (a: AuditRow, b: AuditRow) => b.at - a.at || (a.id < b.id ? 1 : -1)

/** The audit trail. */
export const auditVerbs: VerbsOf<'audit'> = {
  list: {
    kind: 'scan',
    run: async (tx, poolUid, page) => {
      // A cursor is the time, a blank and the id; nothing comes after the first page's.
      const after = page.after ?? `${Number.MAX_SAFE_INTEGER} `
      const border = after.indexOf(' ')
      const at = Number(after.slice(0, border))
      const id = after.slice(border + 1)
      const found: AuditRow[] = []
      for (const bucket of buckets) found.push(...(await tx.all<AuditRow>(newest, poolUid, bucket, at, at, id, page.limit + 1)))
      return pageOf(
        found.sort(newestFirst),
        page.limit,
        (row) => `${row.at} ${row.id}`,
        ({ ip, ...row }) => ({ ...row, ip: ip ?? undefined }),
      )
    },
  },
}
