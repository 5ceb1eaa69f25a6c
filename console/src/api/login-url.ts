import type { UserPoolClientType } from '../../../src/model/types.gen.ts'

/** The sign-in page below an address as the app client would open it, or why it has none, as a sentence. */
export const loginUrl = (base: string, client: UserPoolClientType): { readonly url: string } | { readonly fault: string } => {
  const { ClientId = '', AllowedOAuthFlows = [], AllowedOAuthFlowsUserPoolClient, AllowedOAuthScopes = [] } = client
  const callback = client.DefaultRedirectURI ?? client.CallbackURLs?.[0]
  const responseType = AllowedOAuthFlows.includes('code') ? 'code' : AllowedOAuthFlows.includes('implicit') ? 'token' : undefined
  if (!AllowedOAuthFlowsUserPoolClient || responseType === undefined)
    return { fault: 'The app client has no login pages: no OAuth grant for people is switched on.' }
  if (callback === undefined) return { fault: 'The app client has no callback URL, so nobody can sign in on its pages.' }
  const query = new URLSearchParams({ client_id: ClientId, response_type: responseType })
  if (AllowedOAuthScopes.length > 0) query.set('scope', AllowedOAuthScopes.join(' '))
  query.set('redirect_uri', callback)
  return { url: `${base.replace(/\/+$/, '')}/login?${query}` }
}
