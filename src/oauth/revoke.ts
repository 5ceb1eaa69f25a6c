import { revokeRefreshToken } from '../flows/revoke-refresh-token.ts'
import { authenticateClient, unauthorized } from './client-authentication.ts'
import type { Endpoint } from './endpoint.ts'
import { readForm } from './form.ts'
import { invalidRequest, OAuthError } from './oauth-error.ts'

const refusal = () => unauthorized('oauth2/revoke')

/**
 * The revocation endpoint (RFC 7009; developer guide, "The token revocation endpoint"): ends a refresh token and all that came of it, and
 * answers an empty body. A token that is over, or that was never one of the client's, is no error.
 */
export const revoke: Endpoint = async (ctx, request) => {
  const form = readForm(request)
  const opened = await authenticateClient(ctx, request, form, refusal)
  const presented = form.get('token')
  if (presented === undefined) throw invalidRequest('token is missing.')
  const outcome = await revokeRefreshToken(ctx, opened, presented)
  if (outcome === 'not enabled') throw invalidRequest('Token revocation is not enabled for the client.')
  if (outcome === 'no refresh token') throw new OAuthError('unsupported_token_type')
  return undefined
}
