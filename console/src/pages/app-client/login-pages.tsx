import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import type { UserPoolClientType } from '../../../../src/model/types.gen.ts'
import { grants } from '../../api/login-pages.ts'
import { TextList } from '../../components/text-list.tsx'
import { follow } from '../../router/location.ts'

const providerText = (name: string): string => (name === 'COGNITO' ? 'Cognito user pool' : name)
const grantText = (name: string): string => grants.find(({ grant }) => grant === name)?.text ?? name

/** An app client's login pages and OAuth settings. */
export const LoginPages = ({ client, editHref }: { readonly client: UserPoolClientType; readonly editHref: string }) => (
  <Container
    header={
      <Header
        variant="h2"
        actions={
          <Button href={editHref} onFollow={follow} ariaLabel="Edit login pages">
            Edit
          </Button>
        }
      >
        Login pages
      </Header>
    }
  >
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'Login pages and OAuth 2.0', value: client.AllowedOAuthFlowsUserPoolClient ? 'on' : 'off' },
        { label: 'Allowed callback URLs', value: <TextList texts={client.CallbackURLs} /> },
        { label: 'Default redirect URL', value: client.DefaultRedirectURI ?? '-' },
        { label: 'Allowed sign-out URLs', value: <TextList texts={client.LogoutURLs} /> },
        { label: 'Identity providers', value: <TextList texts={client.SupportedIdentityProviders?.map(providerText)} /> },
        { label: 'OAuth grant types', value: <TextList texts={client.AllowedOAuthFlows?.map(grantText)} /> },
        { label: 'Scopes', value: <TextList texts={client.AllowedOAuthScopes} /> },
      ]}
    />
  </Container>
)
