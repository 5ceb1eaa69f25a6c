import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import type { UserPoolClientType } from '../../../../src/model/types.gen.ts'
import { call } from '../../api/call.ts'
import { secretOf } from '../../api/client-secret.ts'
import { authFlows, lifetimeText, signInOf } from '../../api/client-sign-in.ts'
import { Copyable } from '../../components/copyable.tsx'
import { Moment } from '../../components/moment.tsx'
import { Secret } from '../../components/secret.tsx'
import { TextList } from '../../components/text-list.tsx'
import { follow } from '../../router/location.ts'

const flowText = (flow: string): string => authFlows.find((one) => one.flow === flow)?.text.replace(/: ALLOW_\w+$/, '') ?? flow

/** What an app client is and how its applications sign users in. */
export const Information = ({ client, editHref }: { readonly client: UserPoolClientType; readonly editHref: string }) => {
  const { UserPoolId = '', ClientId = '' } = client
  const form = signInOf(client)
  const secret = async () => (await call('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient?.ClientSecret
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button href={editHref} onFollow={follow} ariaLabel="Edit app client information">
              Edit
            </Button>
          }
        >
          App client information
        </Header>
      }
    >
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'App client name', value: client.ClientName ?? '-' },
          { label: 'Client ID', value: <Copyable text={client.ClientId} what="Client ID" /> },
          {
            label: 'Client secret',
            value: {
              none: '-',
              told: <Secret what="client secret" load={secret} />,
              untold: 'Known to its applications only: it was shown when it was added under Client secrets below.',
            }[secretOf(client)],
          },
          { label: 'Authentication flows', value: <TextList texts={form.flows.map(flowText)} /> },
          { label: 'Authentication flow session duration', value: `${form.session} minutes` },
          { label: 'Refresh token expiration', value: lifetimeText(form.refresh) },
          { label: 'Access token expiration', value: lifetimeText(form.access) },
          { label: 'ID token expiration', value: lifetimeText(form.id) },
          { label: 'Refresh token rotation', value: form.rotates ? `on, grace period ${form.graceSeconds} seconds` : 'off' },
          { label: 'Token revocation', value: form.revocation ? 'on' : 'off' },
          { label: 'Prevent user existence errors', value: form.hidesExistence ? 'on' : 'off' },
          { label: 'Additional user context data', value: form.passesContext ? 'accepted' : 'not accepted' },
          { label: 'Created', value: <Moment at={client.CreationDate} /> },
          { label: 'Last changed', value: <Moment at={client.LastModifiedDate} /> },
        ]}
      />
    </Container>
  )
}
