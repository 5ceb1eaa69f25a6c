import type { Input } from '../../../../src/model/types.gen.ts'
import { clientNameOf, type NewPool } from './new-pool.ts'

/** The resource server and the scope that a machine's first application may ask for, as the console makes them. */
export const machineScope = (UserPoolId: string): Input<'CreateResourceServer'> => ({
  UserPoolId,
  Identifier: 'default-m2m-resource-server',
  Name: 'default-m2m-resource-server',
  Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read access' }],
})

const signedInBy = (form: NewPool): Partial<Input<'CreateUserPoolClient'>> =>
  form.returnUrl === ''
    ? { AllowedOAuthFlowsUserPoolClient: false }
    : {
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['email', 'openid', 'phone'],
        CallbackURLs: [form.returnUrl],
      }

const byItself: Partial<Input<'CreateUserPoolClient'>> = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['client_credentials'],
  AllowedOAuthScopes: ['default-m2m-resource-server/read'],
}

/**
 * The app client of the form, with every default of the AWS console said, because the API's differ: whether a user exists stays hidden, and
 * the flows are those of the application's type. Without a return URL the client has no login pages, but every flow of the API.
 */
export const newClientInput = (UserPoolId: string, form: NewPool): Input<'CreateUserPoolClient'> => ({
  UserPoolId,
  ClientName: clientNameOf(form),
  GenerateSecret: form.type === 'web' || form.type === 'machine',
  ExplicitAuthFlows:
    form.type === 'machine' ? ['ALLOW_REFRESH_TOKEN_AUTH'] : ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  AuthSessionValidity: 3,
  RefreshTokenValidity: 5,
  AccessTokenValidity: 60,
  IdTokenValidity: 60,
  TokenValidityUnits: { RefreshToken: 'days', AccessToken: 'minutes', IdToken: 'minutes' },
  EnableTokenRevocation: true,
  PreventUserExistenceErrors: 'ENABLED',
  SupportedIdentityProviders: ['COGNITO'],
  ...(form.type === 'machine' ? byItself : signedInBy(form)),
})

/** The domain that the console chooses: the pool's id without what a domain name can't have. A reserved word in it gets a hyphen. */
export const prefixOf = (poolId: string): string =>
  poolId
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '')
    .replace(/aws|amazon|cognito/g, (word) => `${word.slice(0, 2)}-${word.slice(2)}`)
    .slice(0, 63)
