import Alert from '@cloudscape-design/components/alert'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ManagedLoginBrandingType } from '../../../src/model/types.gen.ts'
import { ApiError } from '../api/api-error.ts'
import { call } from '../api/call.ts'
import { pagesOf, type Row } from '../api/paged.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { Copyable } from '../components/copyable.tsx'
import { Moment } from '../components/moment.tsx'
import { TablePage } from '../components/table-page.tsx'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { usePool } from '../shell/pool.tsx'

type StyledClient = Row<'ListUserPoolClients'> & { readonly style: ManagedLoginBrandingType | undefined }

const help = {
  title: 'Managed login',
  body: <p>Every app client can have one style: colours, layout and images of its sign-in pages. A user pool has at most 20 styles.</p>,
}

const styleOf = async (UserPoolId: string, ClientId: string, signal: AbortSignal) =>
  call('DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId }, signal).then(
    ({ ManagedLoginBranding }) => ManagedLoginBranding,
    (error: unknown) => {
      if (error instanceof ApiError && error.code === 'ResourceNotFoundException') return undefined
      throw error
    },
  )

const Styled = ({ style }: { readonly style: ManagedLoginBrandingType | undefined }) => {
  if (style === undefined) return <StatusIndicator type="stopped">No style</StatusIndicator>
  return <StatusIndicator>{style.UseCognitoProvidedValues ? 'Default style' : 'Custom style'}</StatusIndicator>
}

/** The app clients of a user pool with their styles. */
export const ManagedLoginPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const isLite = usePool()?.value?.UserPoolTier === 'LITE'
  return (
    <TablePage<StyledClient>
      name="styles"
      title="Managed login"
      description="How the sign-in pages of each app client look."
      help={help}
      load={async (size, token, signal) => {
        const { rows, next } = await pagesOf('ListUserPoolClients', { UserPoolId: poolId })(size, token, signal)
        const styles = await Promise.all(rows.map(({ ClientId = '' }) => styleOf(poolId, ClientId, signal)))
        return { rows: rows.map((row, at) => ({ ...row, style: styles[at] })), next }
      }}
      loadKey={`styles ${poolId}`}
      largestPage={20}
      rowId={({ ClientId = '' }) => ClientId}
      columns={[
        {
          id: 'name',
          header: 'App client',
          cell: ({ ClientId: clientId = '', ClientName }) => (
            <ConsoleLink href={hrefOf('user-pools/:poolId/managed-login/:clientId', { poolId, clientId })}>{ClientName}</ConsoleLink>
          ),
          sort: ({ ClientName = '' }) => ClientName,
        },
        { id: 'id', header: 'Client ID', cell: ({ ClientId }) => <Copyable text={ClientId} what="Client ID" /> },
        { id: 'style', header: 'Style', cell: ({ style }) => <Styled style={style} /> },
        { id: 'images', header: 'Images', cell: ({ style }) => style?.Assets?.length ?? '-' },
        { id: 'changed', header: 'Last changed', cell: ({ style }) => <Moment at={style?.LastModifiedDate} /> },
      ]}
      findIn={({ ClientId, ClientName }) => `${ClientName} ${ClientId}`}
      {...(isLite && { filter: <Alert type="warning">The Lite plan has no managed login.</Alert> })}
      empty={{ title: 'No app clients', text: 'A style belongs to an app client, and this user pool has none yet.' }}
    />
  )
}
