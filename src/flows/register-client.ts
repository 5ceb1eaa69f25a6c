import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import { newAppClientSettings } from '../domain/app-client-config.ts'
import { newClientId, newClientSecret } from '../domain/ids.ts'
import type { Registration } from '../domain/registration-request.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { addAppClient } from './add-app-client.ts'

/** An app client that registered itself, with the secret that it is told this once. */
export interface RegisteredClient {
  readonly client: AppClient
  readonly secret: string | undefined
}

/**
 * Makes the app client of a registration; undefined where the pool has as many clients as it can. It signs in on pages alone: the API gives
 * every token the self-service scope, which the pool may not have opened to it. guess: a registered client has the pool's own users, hides
 * whether a user exists, and may use no authentication flow of the API but refreshing.
 */
export const registerClient = async (ctx: Context, pool: UserPool, registration: Registration): Promise<RegisteredClient | undefined> => {
  const { name, redirectUris, grant, authenticationMethod, scopes } = registration
  const ClientId = newClientId(ctx.random.below)
  const secret = authenticationMethod === 'none' ? undefined : newClientSecret(ctx.random.below)
  const settings = newAppClientSettings({
    UserPoolId: pool.Id,
    ClientName: name ?? ClientId,
    CallbackURLs: [...redirectUris],
    AllowedOAuthFlows: [grant],
    AllowedOAuthScopes: [...scopes],
    AllowedOAuthFlowsUserPoolClient: true,
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    SupportedIdentityProviders: ['COGNITO'],
    PreventUserExistenceErrors: 'ENABLED',
  })
  const client = await addAppClient(ctx, pool, { ClientId, settings, secret, ClientType: 'DCR' })
  if (client === 'id taken') throw new Error('a random id of an app client was taken')
  return client === 'too many' ? undefined : { client, secret }
}
