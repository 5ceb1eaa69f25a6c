import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { pagesOf, type Row } from '../api/paged.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { Copyable } from '../components/copyable.tsx'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { TablePage } from '../components/table-page.tsx'
import { TextList } from '../components/text-list.tsx'
import { follow } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'

type Server = Row<'ListResourceServers'>

const help = {
  title: 'Resource servers',
  body: (
    <p>
      A resource server is an API that access tokens open. Its custom scopes are written identifier/scope, in the settings of app clients
      and in the scope claim.
    </p>
  ),
}

/** The resource servers of a user pool. */
export const ResourceServersPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const [doomed, setDoomed] = useState<{ readonly server: Server; readonly reload: () => void }>()
  return (
    <>
      <TablePage
        name="resource-servers"
        title="Resource servers"
        description="APIs and the custom scopes that open them."
        help={help}
        largestPage={50}
        load={pagesOf('ListResourceServers', { UserPoolId: poolId })}
        loadKey={poolId}
        rowId={({ Identifier = '' }) => Identifier}
        columns={[
          {
            id: 'name',
            header: 'Resource server name',
            cell: ({ Identifier: identifier = '', Name }: Server) => (
              <ConsoleLink href={hrefOf('user-pools/:poolId/resource-servers/:identifier', { poolId, identifier })}>{Name}</ConsoleLink>
            ),
            sort: ({ Name = '' }: Server) => Name,
          },
          {
            id: 'identifier',
            header: 'Resource server identifier',
            cell: ({ Identifier }: Server) => <Copyable text={Identifier} what="Identifier" />,
            sort: ({ Identifier = '' }: Server) => Identifier,
          },
          {
            id: 'scopes',
            header: 'Custom scopes',
            cell: ({ Scopes = [] }: Server) => <TextList texts={Scopes.map(({ ScopeName }) => ScopeName)} />,
          },
        ]}
        findIn={({ Name, Identifier }) => `${Name} ${Identifier}`}
        rowActions={(server, reload) => (
          <Button disabled={server === undefined} onClick={() => server && setDoomed({ server, reload })}>
            Delete
          </Button>
        )}
        createAction={
          <Button variant="primary" href={hrefOf('user-pools/:poolId/resource-servers/create', { poolId })} onFollow={follow}>
            Create resource server
          </Button>
        }
        empty={{ title: 'No resource servers', text: 'There are no custom scopes that app clients could ask for yet.' }}
      />
      {doomed && (
        <DeleteDialog
          what="resource server"
          name={doomed.server.Name ?? ''}
          onDelete={() => call('DeleteResourceServer', { UserPoolId: poolId, Identifier: doomed.server.Identifier ?? '' })}
          onClose={(deleted) => {
            setDoomed(undefined)
            if (!deleted) return
            flashes.say(`The resource server ${doomed.server.Name} was deleted.`)
            doomed.reload()
          }}
        >
          New tokens don't have its scopes any more, whatever app clients allow.
        </DeleteDialog>
      )}
    </>
  )
}
