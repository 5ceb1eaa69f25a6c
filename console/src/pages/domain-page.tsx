import { useState } from 'react'
import type { DomainDescriptionType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import type { PageProps } from '../router/page-props.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { DomainContainer } from './domain/domain-container.tsx'
import { EditDomainDialog } from './domain/edit-domain-dialog.tsx'
import { useDomains } from './domain/use-domains.ts'

const help = {
  title: 'Domain',
  body: (
    <p>
      The pages on which people sign in, and the OAuth endpoints, are below a domain of the user pool: a prefix of the server's own, or a
      name of yours whose DNS record points to the server. A user pool can have one of each.
    </p>
  ),
}

/** The prefix and the custom domain of a user pool. */
export const DomainPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const load = useDomains(poolId)
  const [edited, setEdited] = useState<DomainDescriptionType>()
  const [doomed, setDoomed] = useState<DomainDescriptionType>()
  return (
    <Page title="Domain" description="Where the sign-in pages and the OAuth endpoints are." help={help} onReload={load.reload}>
      <Loaded load={load}>
        {({ prefix, custom }) => (
          <>
            <DomainContainer
              poolId={poolId}
              kind="cognito"
              domain={prefix}
              onEdit={() => setEdited(prefix)}
              onDelete={() => setDoomed(prefix)}
            />
            <DomainContainer
              poolId={poolId}
              kind="custom"
              domain={custom}
              onEdit={() => setEdited(custom)}
              onDelete={() => setDoomed(custom)}
            />
          </>
        )}
      </Loaded>
      {edited && (
        <EditDomainDialog
          poolId={poolId}
          domain={edited}
          onClose={(done) => {
            setEdited(undefined)
            if (!done) return
            flashes.say(`The domain ${edited.Domain} was changed.`)
            load.reload()
          }}
        />
      )}
      {doomed && (
        <DeleteDialog
          what="domain"
          name={doomed.Domain ?? ''}
          onDelete={() => call('DeleteUserPoolDomain', { UserPoolId: poolId, Domain: doomed.Domain ?? '' })}
          onClose={(deleted) => {
            setDoomed(undefined)
            if (!deleted) return
            flashes.say(`The domain ${doomed.Domain} was deleted.`)
            load.reload()
          }}
        >
          Applications that send people to its sign-in pages reach nothing there any more, and any other user pool can take the name.
        </DeleteDialog>
      )}
    </Page>
  )
}
