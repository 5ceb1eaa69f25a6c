import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { rightsText } from '../api/new-operator.ts'
import { fetchOperators, type OperatorRow, removeOperator } from '../api/operators.ts'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { Moment } from '../components/moment.tsx'
import { TablePage } from '../components/table-page.tsx'
import { follow } from '../router/location.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { useSession } from '../shell/session-gate.tsx'
import { ResetOperator } from './operators/reset-operator.tsx'
import { RightsDialog } from './operators/rights-dialog.tsx'

const help = {
  title: 'Operators',
  body: (
    <SpaceBetween size="s">
      <p>
        Operators are the people who may use this console. Each signs in with a name, a password and an authenticator app, and may do what a
        policy allows. An operator who makes another can give only what they have.
      </p>
      <p>
        You can reset and delete those whom you made, directly or through others. The command <code>poolhouse operator</code> on the server
        reaches all.
      </p>
    </SpaceBetween>
  ),
}

interface Chosen {
  readonly what: 'reset' | 'delete'
  readonly operator: OperatorRow
  readonly reload: () => void
}

const notMine = 'Only whoever made the operator can do this, and the command poolhouse operator on the server.'

/** The people who may use the console. */
export const OperatorsPage = () => {
  const flashes = useFlashes()
  const own = useSession().operator
  const [chosen, setChosen] = useState<Chosen>()
  const [shown, setShown] = useState<OperatorRow>()
  const close = () => setChosen(undefined)
  return (
    <>
      <TablePage<OperatorRow>
        name="operators"
        title="Operators"
        description="The people who may use this console."
        help={help}
        load={async (_size, _token, signal) => ({ rows: await fetchOperators(signal), next: undefined })}
        loadKey="operators"
        rowId={({ name }) => name}
        columns={[
          { id: 'name', header: 'Name', cell: ({ name }) => (name === own ? `${name} (you)` : name), sort: ({ name }) => name },
          {
            id: 'state',
            header: 'State',
            cell: ({ state }) =>
              state === 'active' ? <StatusIndicator>Active</StatusIndicator> : <StatusIndicator type="pending">Invited</StatusIndicator>,
            sort: ({ state }) => state,
          },
          {
            id: 'rights',
            header: 'Rights',
            cell: (row) => (
              <Button variant="inline-link" ariaLabel={`Rights of ${row.name}: ${rightsText(row.policy)}`} onClick={() => setShown(row)}>
                {rightsText(row.policy)}
              </Button>
            ),
            sort: ({ policy }) => rightsText(policy),
          },
          {
            id: 'last',
            header: 'Last sign-in',
            cell: ({ lastSignInAt }) => (lastSignInAt === undefined ? 'Never' : <Moment at={lastSignInAt} />),
            sort: ({ lastSignInAt = 0 }) => lastSignInAt,
          },
          { id: 'created', header: 'Created', cell: ({ createdAt }) => <Moment at={createdAt} />, sort: ({ createdAt }) => createdAt },
        ]}
        findIn={({ name, policy }) => `${name} ${rightsText(policy)}`}
        rowActions={(operator, reload) => {
          const isOff = operator?.isManageable !== true
          const reason = operator === undefined || operator.isManageable ? {} : { disabledReason: notMine }
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={isOff} {...reason} onClick={() => operator && setChosen({ what: 'reset', operator, reload })}>
                Reset
              </Button>
              <Button disabled={isOff} {...reason} onClick={() => operator && setChosen({ what: 'delete', operator, reload })}>
                Delete
              </Button>
            </SpaceBetween>
          )
        }}
        createAction={
          <Button variant="primary" href={hrefOf('operators/create')} onFollow={follow}>
            Create operator
          </Button>
        }
        empty={{ title: 'No operators', text: 'Nobody may use this console yet.' }}
      />
      {shown !== undefined && <RightsDialog operator={shown} onClose={() => setShown(undefined)} />}
      {chosen?.what === 'reset' && (
        <ResetOperator
          name={chosen.operator.name}
          onClose={(done) => {
            close()
            if (done) chosen.reload()
          }}
        />
      )}
      {chosen?.what === 'delete' && (
        <DeleteDialog
          what="operator"
          name={chosen.operator.name}
          onDelete={() => removeOperator(chosen.operator.name)}
          onClose={(deleted) => {
            close()
            if (!deleted) return
            flashes.say(`The operator ${chosen.operator.name} was deleted.`)
            chosen.reload()
          }}
        >
          All sessions of the operator end at once. Operators whom {chosen.operator.name} made stay, within the same bounds.
        </DeleteDialog>
      )}
    </>
  )
}
