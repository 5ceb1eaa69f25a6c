import Box from '@cloudscape-design/components/box'
import { fetchView } from '../api/view.ts'
import { Copyable } from '../components/copyable.tsx'
import { Moment } from '../components/moment.tsx'
import { TablePage } from '../components/table-page.tsx'
import type { PageProps } from '../router/page-props.ts'

interface Row {
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly actor: string
  readonly ip?: string
  readonly requestId: string
  readonly action: string
  readonly subject: string
  readonly outcome: string
}

const help = {
  title: 'Audit trail',
  body: 'Every change leaves a row, written together with the change itself: who made it, in which request, from where, and to what. Users, groups and app clients stand here by their internal ids; a user’s is the sub. Rows are kept for 400 days.',
}

const load = (poolId: string) => async (_size: number, token: string | undefined, signal: AbortSignal) => {
  const { rows, next } = await fetchView<{ rows: readonly Row[]; next?: string }>('audit', poolId, signal, token)
  return { rows, next }
}

/** Who is meant by an actor of the audit trail. */
const person = (actor: string): string => actor.replace(/^arn:aws:iam::\d+:user\//, 'access key of ').replace(/^operator:/, 'operator ')

const columns = [
  { id: 'at', header: 'Time', cell: ({ at }: Row) => <Moment at={at} /> },
  { id: 'actor', header: 'Who', cell: ({ actor }: Row) => person(actor) },
  { id: 'action', header: 'Did what', cell: ({ action }: Row) => action },
  { id: 'outcome', header: 'What became of it', cell: ({ outcome }: Row) => outcome },
  { id: 'subject', header: 'To', cell: ({ subject }: Row) => <Copyable text={subject} /> },
  { id: 'ip', header: 'From', cell: ({ ip }: Row) => ip ?? <Box color="text-status-inactive">-</Box> },
  { id: 'request', header: 'Request', cell: ({ requestId }: Row) => <Copyable text={requestId} />, isHidden: true },
]

/** Who changed what in a user pool, newest first. */
export const AuditTrailPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  return (
    <TablePage
      name="audit-trail"
      title="Audit trail"
      description="Who changed what, newest first."
      help={help}
      load={load(poolId)}
      loadKey={`audit ${poolId}`}
      rowId={({ id }) => id}
      columns={columns}
      findIn={({ actor, action, subject, outcome, ip = '', requestId }) => `${actor} ${action} ${subject} ${outcome} ${ip} ${requestId}`}
      empty={{ title: 'Nothing yet', text: 'Every change of this user pool will stand here.' }}
    />
  )
}
