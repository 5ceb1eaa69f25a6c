import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const example = { ClientId: '{{example_client_id}}' }

/** Operations on app clients and their secrets. */
export const appClientsFolder = ({ own, practice }: ResourceCalls): Folder => ({
  name: 'App clients',
  item: [
    own('ListUserPoolClients', { MaxResults: 10 }),
    own('DescribeUserPoolClient'),
    practice(
      'CreateUserPoolClient',
      { ClientName: 'example', GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
      { keeps: { example_client_id: 'UserPoolClient.ClientId' } },
    ),
    practice(
      'UpdateUserPoolClient',
      {
        ...example,
        ClientName: 'example',
        ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        AccessTokenValidity: 30,
        TokenValidityUnits: { AccessToken: 'minutes' },
      },
      { description: 'What is left out goes back to its default.' },
    ),
    practice('AddUserPoolClientSecret', example, { keeps: { example_secret_id: 'ClientSecretDescriptor.ClientSecretId' } }),
    practice('ListUserPoolClientSecrets', example),
    practice('DeleteUserPoolClientSecret', { ...example, ClientSecretId: '{{example_secret_id}}' }),
    practice('DeleteUserPoolClient', example),
  ],
})
