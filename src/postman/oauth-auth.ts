import type { Auth } from './collection-format.ts'
import type { PostmanTarget } from './target.ts'

/** A grant as Postman's authorization "OAuth 2.0" names it. */
export type PostmanGrant = 'authorization_code' | 'authorization_code_with_pkce' | 'implicit' | 'client_credentials'

/** What only some grants have. */
const settingsOf = (grant: PostmanGrant): Readonly<Record<string, string>> => {
  const login = { authUrl: '{{oauth_url}}/login', redirect_uri: '{{redirect_uri}}', state: '{{$guid}}' }
  const token = { accessTokenUrl: '{{oauth_url}}/oauth2/token', clientSecret: '{{client_secret}}' }
  switch (grant) {
    case 'authorization_code':
      return { ...login, ...token }
    case 'authorization_code_with_pkce':
      return { ...login, ...token, challengeAlgorithm: 'S256' }
    case 'implicit':
      return login
    case 'client_credentials':
      return token
  }
}

/**
 * Postman's "OAuth 2.0" with everything filled in for "Get New Access Token". Newman, which has no window, uses the token that the requests
 * before have put into `oauth_access_token`.
 */
export const oauthAuth = ({ client }: Pick<PostmanTarget, 'client'>, grant: PostmanGrant): Auth => {
  const values: Readonly<Record<string, string>> = {
    grant_type: grant,
    tokenName: `${client.ClientName}, ${grant.replaceAll('_', ' ')}`,
    ...settingsOf(grant),
    clientId: '{{client_id}}',
    scope: '{{scope}}',
    // Public clients name themselves in the body; a secret may come either way.
    client_authentication: 'body',
    accessToken: '{{oauth_access_token}}',
    tokenType: 'Bearer',
    headerPrefix: 'Bearer',
    addTokenTo: 'header',
  }
  return { type: 'oauth2', oauth2: Object.entries(values).map(([key, value]) => ({ key, value, type: 'string' as const })) }
}
