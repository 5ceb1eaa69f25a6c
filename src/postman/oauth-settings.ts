import type { OAuthFlowType } from '../model/types.gen.ts'
import type { PostmanTarget } from './target.ts'

type Client = PostmanTarget['client']

/** Where the browser comes back to: the client's default, else its first callback URL; undefined where it has none. */
export const callbackOf = ({ DefaultRedirectURI, CallbackURLs }: Client): string | undefined => DefaultRedirectURI ?? CallbackURLs?.[0]

/** The scopes that the client may ask for. */
export const scopesOf = ({ AllowedOAuthScopes }: Client): readonly string[] => AllowedOAuthScopes ?? []

/** The grants that the client may use; none unless it takes part in OAuth (API_CreateUserPoolClient). */
export const grantsOf = ({ AllowedOAuthFlowsUserPoolClient, AllowedOAuthFlows }: Client): readonly OAuthFlowType[] =>
  AllowedOAuthFlowsUserPoolClient === true ? (AllowedOAuthFlows ?? []) : []
