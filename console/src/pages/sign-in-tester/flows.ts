/** A way to get tokens. */
export interface Flow {
  readonly id: string
  readonly text: string
  readonly description: string
  /** What the app client has to allow; undefined for none. */
  readonly allowedBy?: string
  readonly needs: readonly ('username' | 'password' | 'refreshToken' | 'scopes')[]
  /** May be left out. */
  readonly takes?: readonly ('password' | 'firstChallenge')[]
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
    id: 'REFRESH_TOKEN_AUTH',
    text: 'Refresh (REFRESH_TOKEN_AUTH)',
    description: 'New tokens for a refresh token.',
    allowedBy: 'ALLOW_REFRESH_TOKEN_AUTH',
    needs: ['refreshToken'],
  },
  {
    id: 'client_credentials',
    text: 'Client credentials (OAuth 2.0)',
    description: 'A token for a program, without a user, from the token endpoint.',
    needs: ['scopes'],
  },
] as const satisfies readonly Flow[]

/** The name of a flow. */
export type FlowId = (typeof flows)[number]['id']

/** The flow of that name; the first one for any other name. */
export const flowOf = (id: string | null | undefined): Flow & { readonly id: FlowId } => flows.find((flow) => flow.id === id) ?? flows[0]

/** What the app client says against a flow before it is tried, as a sentence. */
export const flowFault = (
  flow: Flow,
  client: {
    readonly ExplicitAuthFlows?: readonly string[] | undefined
    readonly AllowedOAuthFlows?: readonly string[] | undefined
    readonly EnableTokenRevocation?: boolean | undefined
    readonly RefreshTokenRotation?: { readonly Feature?: string | undefined } | undefined
  },
): string | undefined => {
  if (flow.id === 'client_credentials') {
    return client.AllowedOAuthFlows?.includes('client_credentials')
      ? undefined
      : 'The app client does not have the grant client_credentials among its OAuth grants (AllowedOAuthFlows).'
  }
  if (flow.id === 'REFRESH_TOKEN_AUTH' && client.RefreshTokenRotation?.Feature === 'ENABLED') {
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
