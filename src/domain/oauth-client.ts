import type { OAuthFlowType } from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import { contactScopes } from './scopes.ts'

/** Whether an app client may use a grant at all (API_CreateUserPoolClient, AllowedOAuthFlowsUserPoolClient). */
export const offersGrant = (
  client: Pick<AppClient, 'AllowedOAuthFlows' | 'AllowedOAuthFlowsUserPoolClient'>,
  grant: OAuthFlowType,
): boolean => client.AllowedOAuthFlowsUserPoolClient === true && client.AllowedOAuthFlows?.includes(grant) === true

/** Whether an address is one of the client's callback URLs, letter by letter (RFC 9700 section 2.1). */
export const isCallback = (client: Pick<AppClient, 'CallbackURLs'>, uri: string): boolean => client.CallbackURLs?.includes(uri) === true

/**
 * Whether the pool's own users sign in to an app client on pages. guess: a client whose SupportedIdentityProviders lack COGNITO has no pages for
 * them, also where the list was never set.
 */
export const hasLocalUsers = ({ SupportedIdentityProviders: providers }: Pick<AppClient, 'SupportedIdentityProviders'>): boolean =>
  providers?.includes('COGNITO') === true

/**
 * The first of the scopes that stands for attributes which the client may not read, as `email` does for `email_verified`; the token endpoint
 * refuses it (developer guide, "The token endpoint", `invalid_grant`). guess: the scope profile asks for no attribute in particular.
 */
export const unreadableScope = (
  { ReadAttributes: listed }: Pick<AppClient, 'ReadAttributes'>,
  scopes: readonly string[],
): string | undefined => listed && scopes.find((scope) => contactScopes[scope]?.some((name) => !listed.includes(name)))
