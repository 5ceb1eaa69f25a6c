import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const orders = { Identifier: 'orders', Name: 'Orders' }
const read = { ScopeName: 'read', ScopeDescription: 'Read orders' }

/** Operations on resource servers and on the tokens that programs get for them. */
export const resourceServersFolder = ({ own, practice }: ResourceCalls): Folder => ({
  name: 'Resource servers',
  item: [
    own('ListResourceServers', { MaxResults: 10 }),
    practice('CreateResourceServer', { ...orders, Scopes: [read] }),
    practice('DescribeResourceServer', { Identifier: orders.Identifier }),
    practice('UpdateResourceServer', { ...orders, Scopes: [read, { ScopeName: 'write', ScopeDescription: 'Change orders' }] }),
    practice(
      'CreateUserPoolClient',
      {
        ClientName: 'program',
        GenerateSecret: true,
        ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthScopes: ['orders/read'],
      },
      {
        title: 'for a program',
        keeps: { program_client_id: 'UserPoolClient.ClientId', program_client_secret: 'UserPoolClient.ClientSecret' },
      },
    ),
    practice(
      'GetClientToken',
      { ClientId: '{{program_client_id}}', Secret: '{{program_client_secret}}', Scopes: ['orders/read'] },
      { keeps: { program_access_token: 'ClientAuthenticationResult.AccessToken' } },
    ),
    practice('DeleteUserPoolClient', { ClientId: '{{program_client_id}}' }, { title: 'for a program' }),
    practice('DeleteResourceServer', { Identifier: orders.Identifier }),
  ],
})
