import type { CreateUserPoolClientRequest, CreateUserPoolRequest } from '../../src/model/types.gen.ts'
import type { Harness } from './harness.ts'
import { type MadePool, makePool } from './make-pool.ts'

/** Where applications of tests want their codes. */
export const callback = 'https://app.example.com/callback'

/** An app client that signs people in on pages, with codes and with tokens at once. */
export const pageClient: Partial<CreateUserPoolClientRequest> = {
  AllowedOAuthFlows: ['code', 'implicit'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'],
  CallbackURLs: [callback],
  LogoutURLs: ['https://app.example.com/bye'],
  SupportedIdentityProviders: ['COGNITO'],
}

/** A pool whose people sign up by e-mail, with such a client. */
export const makePagePool = (
  server: Harness,
  pool: Partial<CreateUserPoolRequest> = {},
  client: Partial<CreateUserPoolClientRequest> = {},
): Promise<MadePool> => makePool(server, { AutoVerifiedAttributes: ['email'], ...pool }, { ...pageClient, ...client })

/** The query of an authorization request. */
export const authorizeQuery = (
  { ClientId }: Pick<MadePool, 'ClientId'>,
  more: Readonly<Record<string, string | undefined>> = {},
): string => {
  const parameters = {
    response_type: 'code',
    client_id: ClientId,
    redirect_uri: callback,
    state: 'a state',
    scope: 'openid email',
    ...more,
  }
  return new URLSearchParams(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString()
}
