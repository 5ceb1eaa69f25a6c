import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import type { UserPoolClientType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { Copyable } from '../components/copyable.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { Secret } from '../components/secret.tsx'
import { TextList } from '../components/text-list.tsx'
import { useCall } from '../hooks/use-call.ts'
import type { PageProps } from '../router/page-props.ts'

const lifetime = (value: number | undefined, unit: string | undefined): string => (value === undefined ? '-' : `${value} ${unit ?? ''}`)

const Validity = ({ client }: { readonly client: UserPoolClientType }) => {
  const { TokenValidityUnits: units, AuthSessionValidity, RefreshTokenValidity, AccessTokenValidity, IdTokenValidity } = client
  return (
    <Container header={<Header variant="h2">Validity</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Authentication session', value: lifetime(AuthSessionValidity, 'minutes') },
          { label: 'Refresh token', value: lifetime(RefreshTokenValidity, units?.RefreshToken ?? 'days') },
          { label: 'Access token', value: lifetime(AccessTokenValidity ?? 1, units?.AccessToken ?? 'hours') },
          { label: 'ID token', value: lifetime(IdTokenValidity ?? 1, units?.IdToken ?? 'hours') },
        ]}
      />
    </Container>
  )
}

const SignInPages = ({ client }: { readonly client: UserPoolClientType }) => (
  <Container header={<Header variant="h2">Login pages and OAuth</Header>}>
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'OAuth', value: client.AllowedOAuthFlowsUserPoolClient ? 'on' : 'off' },
        { label: 'Grants', value: <TextList texts={client.AllowedOAuthFlows} /> },
        { label: 'Scopes', value: <TextList texts={client.AllowedOAuthScopes} /> },
        { label: 'Callback URLs', value: <TextList texts={client.CallbackURLs} /> },
        { label: 'Sign-out URLs', value: <TextList texts={client.LogoutURLs} /> },
        { label: 'Identity providers', value: <TextList texts={client.SupportedIdentityProviders} /> },
      ]}
    />
  </Container>
)

/** An app client; its secret is fetched when somebody asks for it. */
export const AppClientPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', clientId: ClientId = '' } = params
  const load = useCall('DescribeUserPoolClient', { UserPoolId, ClientId })
  const client = load.value?.UserPoolClient
  const secret = async () => (await call('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient?.ClientSecret
  return (
    <Page title={client?.ClientName ?? ClientId} onReload={load.reload}>
      <Loaded load={{ ...load, value: client }}>
        {(value) => (
          <>
            <Container header={<Header variant="h2">App client</Header>}>
              <KeyValuePairs
                columns={3}
                items={[
                  { label: 'Client ID', value: <Copyable text={value.ClientId} what="Client ID" /> },
                  {
                    label: 'Client secret',
                    value: value.ClientSecret === undefined ? 'none' : <Secret what="client secret" load={secret} />,
                  },
                  { label: 'Authentication flows', value: <TextList texts={value.ExplicitAuthFlows} /> },
                  { label: 'Created', value: <Moment at={value.CreationDate} /> },
                  { label: 'Last changed', value: <Moment at={value.LastModifiedDate} /> },
                  { label: 'Hides whether a user exists', value: value.PreventUserExistenceErrors === 'ENABLED' ? 'yes' : 'no' },
                ]}
              />
            </Container>
            <Validity client={value} />
            <SignInPages client={value} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
