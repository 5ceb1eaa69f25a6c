import { redirectUrlFault } from '../../../src/domain/redirect-url.ts'
import type { CreateUserPoolClientRequest, Input, ResourceServerType } from '../../../src/model/types.gen.ts'
import type { FormFault } from './form-fault.ts'
import { clientNameFault } from './resource-name.ts'

/** What kind of application is to be connected, as AWS's console asks. */
export type ClientKind = 'web' | 'spa' | 'mobile' | 'machine'

/** What somebody types to make an app client. */
export interface NewClient {
  readonly kind: ClientKind
  readonly name: string
  readonly returnUrl: string
  /** For machines: `<resource server>/<scope>`. */
  readonly scopes: readonly string[]
}

/** The empty form. */
export const noClient: NewClient = { kind: 'web', name: '', returnUrl: '', scopes: [] }

const machineServer = 'default-m2m-resource-server'

/** The scope that a machine gets where nobody chose one, as AWS's console names it. */
export const machineScope = `${machineServer}/read`

/** The call that makes the resource server of that scope. */
export const machineServerInput = (UserPoolId: string): Input<'CreateResourceServer'> => ({
  UserPoolId,
  Identifier: machineServer,
  Name: machineServer,
  Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read access' }],
})

/** Whether that resource server has to be made before the app client. */
export const needsMachineServer = ({ kind, scopes }: NewClient, servers: readonly ResourceServerType[]): boolean =>
  kind === 'machine' && scopes.length === 0 && !servers.some(({ Identifier }) => Identifier === machineServer)

/** What is wrong with a return URL; nothing is wrong with none. */
export const returnUrlFault = (returnUrl: string): string | undefined => {
  const url = returnUrl.trim()
  return url === '' ? undefined : redirectUrlFault(url)
}

/** What is missing or would be refused. */
export const newClientFault = ({ kind, name, returnUrl }: NewClient): FormFault | undefined => {
  if (name.trim() === '') return { field: 'name', says: 'The application needs a name.' }
  const ofName = clientNameFault(name)
  if (ofName !== undefined) return { field: 'name', says: ofName }
  const ofUrl = kind === 'machine' ? undefined : returnUrlFault(returnUrl)
  return ofUrl === undefined ? undefined : { field: 'returnUrl', says: ofUrl }
}

const machine = (scopes: readonly string[]): Partial<CreateUserPoolClientRequest> => ({
  ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['client_credentials'],
  AllowedOAuthScopes: scopes.length > 0 ? [...scopes] : [machineScope],
})

const forPeople = (returnUrl: string, isLite: boolean): Partial<CreateUserPoolClientRequest> => ({
  ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', ...(isLite ? [] : (['ALLOW_USER_AUTH'] as const)), 'ALLOW_USER_SRP_AUTH'],
  SupportedIdentityProviders: ['COGNITO'],
  // The API refuses the code grant without a callback URL.
  ...(returnUrl !== '' && {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code' as const],
    AllowedOAuthScopes: ['openid', 'email', 'phone'],
    CallbackURLs: [returnUrl],
  }),
})

/**
 * The call that makes the app client with what AWS's console chooses, which is said because the API's own defaults differ. Where nobody said
 * a return URL its login pages lead to `exampleUrl`; without either it has none, but every flow of the API. `tier`: of the pool.
 */
export const newClientInput = (
  UserPoolId: string,
  client: NewClient,
  tier: string | undefined,
  exampleUrl = '',
): Input<'CreateUserPoolClient'> => ({
  UserPoolId,
  ClientName: client.name.trim(),
  GenerateSecret: client.kind === 'web' || client.kind === 'machine',
  AccessTokenValidity: 60,
  IdTokenValidity: 60,
  RefreshTokenValidity: 5,
  TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
  AuthSessionValidity: 3,
  EnableTokenRevocation: true,
  PreventUserExistenceErrors: 'ENABLED',
  ...(client.kind === 'machine' ? machine(client.scopes) : forPeople(client.returnUrl.trim() || exampleUrl, tier === 'LITE')),
})
