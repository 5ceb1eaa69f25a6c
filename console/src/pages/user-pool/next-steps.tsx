import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import type { UserPoolType } from '../../../../src/model/types.gen.ts'
import { loginUrl } from '../../api/login-url.ts'
import { knownBase } from '../../api/public-base.ts'
import { pagesOfPool } from '../../api/quick-links.ts'
import { ConsoleLink } from '../../components/console-link.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { hrefOf } from '../../router/path.ts'
import { useSession } from '../../shell/session-gate.tsx'

/** Where somebody may go who has just made a pool with an app client; nothing once the app client is gone. */
export const NextSteps = ({ pool, clientId }: { readonly pool: UserPoolType; readonly clientId: string }) => {
  const session = useSession()
  const poolId = pool.Id ?? ''
  const client = useCall('DescribeUserPoolClient', { UserPoolId: poolId, ClientId: clientId }).value?.UserPoolClient
  if (client === undefined) return null
  const page = loginUrl(pagesOfPool(knownBase(session), pool), client)
  return (
    <Alert type="info" header="What next?">
      The app client{' '}
      <ConsoleLink href={hrefOf('user-pools/:poolId/app-clients/:clientId', { poolId, clientId })}>
        {client.ClientName ?? clientId}
      </ConsoleLink>{' '}
      has what an application needs to connect.
      {'url' in page && (
        <>
          {' '}
          See its{' '}
          <Link href={page.url} external externalIconAriaLabel="Opens in a new tab">
            login page
          </Link>
          , or try it in the{' '}
          <ConsoleLink href={`${hrefOf('user-pools/:poolId/sign-in-tester', { poolId })}?${new URLSearchParams({ client: clientId })}`}>
            sign-in tester
          </ConsoleLink>
          .
        </>
      )}
    </Alert>
  )
}
