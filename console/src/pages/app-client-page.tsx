import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { openClient } from '../api/client-secret.ts'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { useLoad } from '../hooks/use-load.ts'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { AttributePermissions } from './app-client/attribute-permissions.tsx'
import { Information } from './app-client/information.tsx'
import { LoginPages } from './app-client/login-pages.tsx'
import { QuickLinks } from './app-client/quick-links.tsx'
import { Secrets } from './app-client/secrets.tsx'
import { Security } from './app-client/security.tsx'

const below = (params: PageProps['params'], part: string) => hrefOf(`user-pools/:poolId/app-clients/:clientId/${part}`, params)

/** An app client: what it is, its secrets, its login pages and what it may do with attributes. */
export const AppClientPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', clientId: ClientId = '' } = params
  const load = useLoad((signal) => openClient({ UserPoolId, ClientId }, signal), `app client ${UserPoolId} ${ClientId}`)
  const flashes = useFlashes()
  const [deleting, setDeleting] = useState(false)
  const client = load.value
  const name = client?.ClientName ?? ClientId
  return (
    <Page title={name} onReload={load.reload} actions={client !== undefined && <Button onClick={() => setDeleting(true)}>Delete</Button>}>
      <Loaded load={load}>
        {(value) => (
          <>
            <Information client={value} editHref={below(params, 'edit')} />
            <QuickLinks client={value} />
            <LoginPages client={value} editHref={below(params, 'login-pages')} />
            <AttributePermissions client={value} editHref={below(params, 'attribute-permissions')} />
            <Security params={params} />
            {value.ClientType !== 'DCR' && <Secrets poolId={UserPoolId} clientId={ClientId} onChange={load.reload} />}
          </>
        )}
      </Loaded>
      {deleting && (
        <DeleteDialog
          what="app client"
          name={name}
          onDelete={() => call('DeleteUserPoolClient', { UserPoolId, ClientId })}
          onClose={(deleted) => {
            setDeleting(false)
            if (!deleted) return
            flashes.say(`The app client ${name} was deleted.`)
            void navigate(hrefOf('user-pools/:poolId/app-clients', { poolId: UserPoolId }))
          }}
        >
          The application can't sign anybody in any more, and refresh tokens that it holds are worth nothing.
        </DeleteDialog>
      )}
    </Page>
  )
}
