import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import type { ClientSecretDescriptorType } from '../../../../src/model/types.gen.ts'
import { call } from '../../api/call.ts'
import type { LoadPage } from '../../api/paged.ts'
import { Copyable } from '../../components/copyable.tsx'
import { DeleteDialog } from '../../components/delete-dialog.tsx'
import { Moment } from '../../components/moment.tsx'
import { TablePage } from '../../components/table-page.tsx'
import { useFlashes } from '../../shell/flashes.tsx'
import { AddSecretDialog } from './add-secret-dialog.tsx'

/** An app client's secrets, of which it can have two while applications change over. */
export const Secrets = ({
  poolId,
  clientId,
  onChange,
}: {
  readonly poolId: string
  readonly clientId: string
  readonly onChange: () => void
}) => {
  const flashes = useFlashes()
  const [adding, setAdding] = useState(false)
  const [doomed, setDoomed] = useState<string>()
  const [round, setRound] = useState(0)
  const ids = { UserPoolId: poolId, ClientId: clientId }
  const load: LoadPage<ClientSecretDescriptorType> = async (_size, token, signal) => {
    const input = { ...ids, ...(token !== undefined && { NextToken: token }) }
    const { ClientSecrets = [], NextToken } = await call('ListUserPoolClientSecrets', input, signal)
    return { rows: ClientSecrets, next: NextToken }
  }
  const changed = (what: string) => {
    flashes.say(what)
    setRound((before) => before + 1)
    onChange()
  }
  return (
    <>
      <TablePage<ClientSecretDescriptorType>
        embedded
        name="client-secrets"
        title="Client secrets"
        description="One or two. Values are shown only when they are made, except the first."
        load={load}
        loadKey={`${clientId} ${round}`}
        rowId={({ ClientSecretId = '' }) => ClientSecretId}
        columns={[
          { id: 'id', header: 'Secret ID', cell: ({ ClientSecretId }) => <Copyable text={ClientSecretId} what="Secret ID" /> },
          { id: 'created', header: 'Created', cell: ({ ClientSecretCreateDate }) => <Moment at={ClientSecretCreateDate} /> },
        ]}
        rowActions={(secret) => (
          <Button disabled={secret === undefined} onClick={() => setDoomed(secret?.ClientSecretId)}>
            Delete secret
          </Button>
        )}
        createAction={<Button onClick={() => setAdding(true)}>Add client secret</Button>}
        empty={{ title: 'No client secrets', text: 'This is a public app client. Only one that was made with a secret can get another.' }}
      />
      {adding && (
        <AddSecretDialog
          poolId={poolId}
          clientId={clientId}
          onClose={(added) => {
            setAdding(false)
            if (added) changed('The client secret was added.')
          }}
        />
      )}
      {doomed !== undefined && (
        <DeleteDialog
          what="client secret"
          name={doomed}
          onDelete={() => call('DeleteUserPoolClientSecret', { ...ids, ClientSecretId: doomed })}
          onClose={(deleted) => {
            setDoomed(undefined)
            if (deleted) changed('The client secret was deleted.')
          }}
        >
          Applications that still send this secret are refused from now on.
        </DeleteDialog>
      )}
    </>
  )
}
