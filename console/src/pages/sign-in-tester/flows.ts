/** Something that a flow asks for. */
export type Ingredient = 'username' | 'password' | 'firstChallenge' | 'refreshToken' | 'scopes' | 'callback'

/** A way to get tokens. */
export interface Flow {
  readonly id: string
  readonly text: string
  readonly description: string
  /** What the app client has to allow; undefined for none. */
  readonly allowedBy?: string
  /** Which of its OAuth grants it is; undefined for flows of the API and grants that need no permission. */
  readonly grant?: 'code' | 'implicit' | 'client_credentials'
  readonly needs: readonly Ingredient[]
  /** May be left out. */
  readonly takes?: readonly Ingredient[]
}

/** The flows that the tester runs. */
export const flows = [
  {
    id: 'USER_SRP_AUTH',
    text: 'SRP (USER_SRP_AUTH)',
    description: 'Proves the password without sending it: what most apps do.',
    allowedBy: 'ALLOW_USER_SRP_AUTH',
    needs: ['username', 'password'],
  },
  {
    id: 'USER_PASSWORD_AUTH',
    text: 'Password (USER_PASSWORD_AUTH)',
    description: 'Sends user name and password.',
    allowedBy: 'ALLOW_USER_PASSWORD_AUTH',
    needs: ['username', 'password'],
  },
  {
    id: 'ADMIN_USER_PASSWORD_AUTH',
    text: 'Password, from a server (ADMIN_USER_PASSWORD_AUTH)',
    description: 'The same with the credentials of a server, AdminInitiateAuth.',
    allowedBy: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    needs: ['username', 'password'],
  },
  {
    id: 'USER_AUTH',
    text: 'Choice (USER_AUTH)',
    description: 'The user chooses how to sign in: password, code by e-mail or SMS, passkey.',
    allowedBy: 'ALLOW_USER_AUTH',
    needs: ['username'],
    takes: ['password', 'firstChallenge'],
  },
  {
    id: 'CUSTOM_AUTH',
    text: 'Custom (CUSTOM_AUTH)',
    description: 'Functions of the user pool ask challenges of their own. With a password, SRP comes first.',
    allowedBy: 'ALLOW_CUSTOM_AUTH',
    needs: ['username'],
    takes: ['password'],
  },
  {
    id: 'authorization_code',
    text: 'Login pages, authorization code with PKCE (OAuth 2.0)',
    description: 'The user signs in on the login pages, also with a passkey; the app gets a code and exchanges it for tokens.',
    grant: 'code',
    needs: ['callback'],
    takes: ['scopes'],
  },
  {
    id: 'implicit',
    text: 'Login pages, implicit (OAuth 2.0)',
    description: 'The user signs in on the login pages, and the tokens stand in the address to which they lead. For old apps.',
    grant: 'implicit',
    needs: ['callback'],
    takes: ['scopes'],
  },
  {
    id: 'client_credentials',
    text: 'Client credentials (OAuth 2.0)',
    description: 'A token for a program, without a user, from the token endpoint.',
    grant: 'client_credentials',
    needs: [],
    takes: ['scopes'],
  },
  {
    id: 'GetTokensFromRefreshToken',
    text: 'Refresh (GetTokensFromRefreshToken)',
    description: 'New tokens for a refresh token, also where refresh tokens rotate: then the answer has a new one.',
    needs: ['refreshToken'],
  },
  {
    id: 'REFRESH_TOKEN_AUTH',
    text: 'Refresh (REFRESH_TOKEN_AUTH)',
    description: 'New tokens for a refresh token that does not rotate.',
    allowedBy: 'ALLOW_REFRESH_TOKEN_AUTH',
    needs: ['refreshToken'],
  },
  {
    id: 'refresh_token',
    text: 'Refresh at the token endpoint (OAuth 2.0)',
    description: 'New tokens for a refresh token from the token endpoint, as apps with login pages ask.',
    needs: ['refreshToken'],
  },
] as const satisfies readonly Flow[]

/** The name of a flow. */
export type FlowId = (typeof flows)[number]['id']

/** The flow of that name; the first one for any other name. */
export const flowOf = (id: string | null | undefined): Flow & { readonly id: FlowId } => flows.find((flow) => flow.id === id) ?? flows[0]

/** Whether a flow goes by the OAuth endpoints, not by operations of the API. */
export const isOAuth = (id: string): boolean => ['authorization_code', 'implicit', 'client_credentials', 'refresh_token'].includes(id)

/** What an app client says about flows. */
export interface FlowSettings {
  readonly ExplicitAuthFlows?: readonly string[] | undefined
  readonly AllowedOAuthFlows?: readonly string[] | undefined
  readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined
  readonly RefreshTokenRotation?: { readonly Feature?: string | undefined } | undefined
}

/** Whether the app client's refresh tokens rotate. */
export const rotates = (client: FlowSettings): boolean => client.RefreshTokenRotation?.Feature === 'ENABLED'

/** The flow that refreshes tokens of the app client. */
export const refreshFlow = (client: FlowSettings): FlowId =>
  flowFault(flowOf('REFRESH_TOKEN_AUTH'), client) === undefined ? 'REFRESH_TOKEN_AUTH' : 'GetTokensFromRefreshToken'

/** What the app client says against a flow before it is tried, as a sentence. */
export const flowFault = (flow: Flow, client: FlowSettings): string | undefined => {
  if (flow.grant !== undefined) {
    if (!client.AllowedOAuthFlows?.includes(flow.grant))
      return `The app client does not have the grant ${flow.grant} among its OAuth grants (AllowedOAuthFlows).`
    return client.AllowedOAuthFlowsUserPoolClient === false
      ? 'The app client has its OAuth grants switched off (AllowedOAuthFlowsUserPoolClient).'
      : undefined
  }
  if (flow.id === 'REFRESH_TOKEN_AUTH' && rotates(client)) {
    return 'The app client rotates its refresh tokens, and for those REFRESH_TOKEN_AUTH is closed: GetTokensFromRefreshToken takes its place.'
  }
  const { ExplicitAuthFlows: allowed = [] } = client
  // Without any, the API allows these (API_CreateUserPoolClient).
  const inForce = allowed.length === 0 ? ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'] : allowed
  const older = flow.allowedBy?.replace('ALLOW_', '').replace('ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH')
  return flow.allowedBy === undefined || inForce.includes(flow.allowedBy) || (older !== undefined && inForce.includes(older))
    ? undefined
    : `The app client does not allow this flow: ${flow.allowedBy} is not among its authentication flows (ExplicitAuthFlows).`
}
