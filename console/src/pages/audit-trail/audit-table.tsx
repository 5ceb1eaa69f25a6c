import Box from '@cloudscape-design/components/box'
import { fetchView } from '../../api/view.ts'
import { Copyable } from '../../components/copyable.tsx'
import { Moment } from '../../components/moment.tsx'
import { TablePage } from '../../components/table-page.tsx'
import { type Names, person, withNames } from './person.ts'

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

interface Page {
  readonly rows: readonly Row[]
  readonly next?: string
  readonly names?: Names
}

interface NamedRow extends Omit<Row, 'actor'> {
  readonly who: string
  readonly whom: string
}

const load = (poolId: string) => async (_size: number, token: string | undefined, signal: AbortSignal) => {
  const { rows, next, names = {} } = await fetchView<Page>('audit', poolId, signal, token)
  const named = ({ actor, subject, outcome, ...row }: Row): NamedRow => ({
    ...row,
    subject,
    who: person(actor, names),
    whom: withNames(subject, names),
    outcome: withNames(outcome, names),
  })
  return { rows: rows.map(named), next }
}

const columns = [
  { id: 'at', header: 'Time', cell: ({ at }: NamedRow) => <Moment at={at} /> },
  { id: 'actor', header: 'Who', cell: ({ who }: NamedRow) => who, maxWidth: 200 },
  { id: 'action', header: 'Did what', cell: ({ action }: NamedRow) => action },
  { id: 'subject', header: 'To', cell: ({ subject, whom }: NamedRow) => <Copyable text={subject} shown={whom} />, maxWidth: 260 },
  { id: 'outcome', header: 'What became of it', cell: ({ outcome }: NamedRow) => outcome },
  { id: 'ip', header: 'From', cell: ({ ip }: NamedRow) => ip ?? <Box color="text-status-inactive">-</Box> },
  { id: 'request', header: 'Request', cell: ({ requestId }: NamedRow) => <Copyable text={requestId} />, isHidden: true },
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
    hasFixedPages
    findIn={({ who, action, subject, whom, outcome, ip = '', requestId }) =>
      `${who} ${action} ${subject} ${whom} ${outcome} ${ip} ${requestId}`
    }
  />
)
