import type { UserPoolClientType } from '../../../src/model/types.gen.ts'

/** The sign-in page of an app client below an address, or why it has none, as a sentence. */
export const loginUrl = (base: string, client: UserPoolClientType): { readonly url: string } | { readonly fault: string } => {
  const { ClientId = '', AllowedOAuthFlows = [], AllowedOAuthFlowsUserPoolClient, AllowedOAuthScopes = [], CallbackURLs = [] } = client
  const [callback] = CallbackURLs
  const responseType = AllowedOAuthFlows.includes('code') ? 'code' : AllowedOAuthFlows.includes('implicit') ? 'token' : undefined
  if (!AllowedOAuthFlowsUserPoolClient || responseType === undefined)
    return { fault: 'The app client has no login pages: no OAuth grant for people is switched on.' }
  if (callback === undefined) return { fault: 'The app client has no callback URL, so nobody can sign in on its pages.' }
  const query = new URLSearchParams({ client_id: ClientId, response_type: responseType, redirect_uri: callback })
  if (AllowedOAuthScopes.length > 0) query.set('scope', AllowedOAuthScopes.join(' '))
  return { url: `${base.replace(/\/+$/, '')}/login?${query}` }
}
