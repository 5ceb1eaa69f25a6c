import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { pagesOf, type Row } from '../api/paged.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { Copyable } from '../components/copyable.tsx'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { TablePage } from '../components/table-page.tsx'
import { follow } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'

type Client = Row<'ListUserPoolClients'>

const help = {
  title: 'App clients',
  body: (
    <p>
      An app client is how one application reaches the user pool: which flows it may use, how long its tokens live and which attributes it
      sees.
    </p>
  ),
}

/** The app clients of a user pool. */
export const AppClientsPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const [doomed, setDoomed] = useState<{ readonly client: Client; readonly reload: () => void }>()
  return (
    <>
      <TablePage
        name="app-clients"
        title="App clients"
        description="Applications that may use this user pool."
        help={help}
        load={pagesOf('ListUserPoolClients', { UserPoolId: poolId })}
        loadKey={poolId}
        rowId={({ ClientId = '' }) => ClientId}
        columns={[
          {
            id: 'name',
            header: 'Name',
            cell: ({ ClientId: clientId = '', ClientName }: Client) => (
              <ConsoleLink href={hrefOf('user-pools/:poolId/app-clients/:clientId', { poolId, clientId })}>{ClientName}</ConsoleLink>
            ),
            sort: ({ ClientName = '' }: Client) => ClientName,
          },
          { id: 'id', header: 'Client ID', cell: ({ ClientId }: Client) => <Copyable text={ClientId} what="Client ID" /> },
        ]}
        findIn={({ ClientId, ClientName }) => `${ClientName} ${ClientId}`}
        rowActions={(client, reload) => (
          <Button disabled={client === undefined} onClick={() => client && setDoomed({ client, reload })}>
            Delete
          </Button>
        )}
        createAction={
          <Button variant="primary" href={hrefOf('user-pools/:poolId/app-clients/create', { poolId })} onFollow={follow}>
            Create app client
          </Button>
        }
        empty={{ title: 'No app clients', text: 'No application can use this user pool yet.' }}
      />
      {doomed && (
        <DeleteDialog
          what="app client"
          name={doomed.client.ClientName ?? ''}
          onDelete={() => call('DeleteUserPoolClient', { UserPoolId: poolId, ClientId: doomed.client.ClientId ?? '' })}
          onClose={(deleted) => {
            setDoomed(undefined)
            if (!deleted) return
            flashes.say(`The app client ${doomed.client.ClientName} was deleted.`)
            doomed.reload()
          }}
        >
          The application can't sign anybody in any more, and refresh tokens that it holds are worth nothing.
        </DeleteDialog>
      )}
    </>
  )
}
