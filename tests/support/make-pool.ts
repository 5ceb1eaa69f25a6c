import type { CreateUserPoolClientRequest, CreateUserPoolRequest } from '../../src/model/types.gen.ts'
import type { Harness } from './harness.ts'

/** A pool with one app client. */
export interface MadePool {
  readonly UserPoolId: string
  readonly ClientId: string
  /** Empty for a public client. */
  readonly ClientSecret: string
}

/** Every way to sign in with a password, and to refresh. */
export const everyFlow: CreateUserPoolClientRequest['ExplicitAuthFlows'] = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
]

/** Another app client of a pool, with every password flow. */
export const makeClient = async (
  server: Harness,
  UserPoolId: string,
  settings: Partial<CreateUserPoolClientRequest> = {},
): Promise<MadePool> => {
  const { UserPoolClient } = await server.ok('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'app',
    ExplicitAuthFlows: everyFlow,
    ...settings,
  })
  return { UserPoolId, ClientId: UserPoolClient.ClientId, ClientSecret: UserPoolClient.ClientSecret ?? '' }
}

/** A pool with an app client that allows every password flow. */
export const makePool = async (
  server: Harness,
  pool: Partial<CreateUserPoolRequest> = {},
  client: Partial<CreateUserPoolClientRequest> = {},
): Promise<MadePool> => {
  const { UserPool } = await server.ok('CreateUserPool', { PoolName: 'pool', ...pool })
  return makeClient(server, UserPool.Id, client)
}
