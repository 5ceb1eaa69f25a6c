import Box from '@cloudscape-design/components/box'
import { fetchView } from '../../api/view.ts'
import { Copyable } from '../../components/copyable.tsx'
import { Moment } from '../../components/moment.tsx'
import { TablePage } from '../../components/table-page.tsx'

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

const load = (poolId: string) => async (_size: number, token: string | undefined, signal: AbortSignal) => {
  const { rows, next } = await fetchView<{ rows: readonly Row[]; next?: string }>('audit', poolId, signal, token)
  return { rows, next }
}

/** Who is meant by an actor of the audit trail. */
const person = (actor: string): string =>
  actor
    .replace(/^arn:aws:iam::\d+:user\//, 'access key of ')
    .replace(/^operator:/, 'operator ')
    .replace(/^command-line$/, 'command line')

const columns = [
  { id: 'at', header: 'Time', cell: ({ at }: Row) => <Moment at={at} /> },
  { id: 'actor', header: 'Who', cell: ({ actor }: Row) => person(actor) },
  { id: 'action', header: 'Did what', cell: ({ action }: Row) => action },
  { id: 'outcome', header: 'What became of it', cell: ({ outcome }: Row) => outcome },
  { id: 'subject', header: 'To', cell: ({ subject }: Row) => <Copyable text={subject} /> },
  { id: 'ip', header: 'From', cell: ({ ip }: Row) => ip ?? <Box color="text-status-inactive">-</Box> },
  { id: 'request', header: 'Request', cell: ({ requestId }: Row) => <Copyable text={requestId} />, isHidden: true },
]

/** The audit trail of a pool, or under `server` that of the server itself, newest first. */
export const AuditTable = ({
  of,
  ...texts
}: {
  readonly of: string
  readonly name: string
  readonly title: string
  readonly description: string
  readonly help: { readonly title: string; readonly body: string }
  readonly empty: { readonly title: string; readonly text: string }
}) => (
  <TablePage
    {...texts}
    load={load(of)}
    loadKey={`audit ${of}`}
    rowId={({ id }) => id}
    columns={columns}
    findIn={({ actor, action, subject, outcome, ip = '', requestId }) => `${actor} ${action} ${subject} ${outcome} ${ip} ${requestId}`}
  />
)
