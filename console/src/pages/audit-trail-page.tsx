import type { PageProps } from '../router/page-props.ts'
import { AuditTable } from './audit-trail/audit-table.tsx'

const help = {
  title: 'Audit trail',
  body: 'Every change leaves a row, written together with the change itself: who made it, in which request, from where, and to what. Users, groups and app clients stand here by their names as long as they are there and you may list them, otherwise by their internal ids; a user’s is the sub. Rows are kept for 400 days.',
}

/** Who changed what in a user pool, newest first. */
export const AuditTrailPage = ({ params }: PageProps) => (
  <AuditTable
    of={params['poolId'] ?? ''}
    name="audit-trail"
    title="Audit trail"
    description="Who changed what, newest first."
    help={help}
    empty={{ title: 'Nothing yet', text: 'Every change of this user pool will stand here.' }}
  />
)
