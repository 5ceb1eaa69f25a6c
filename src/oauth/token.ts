import { authenticateClient } from './client-authentication.ts'
import type { Endpoint } from './endpoint.ts'
import { readForm } from './form.ts'
import { authorizationCode } from './grants/authorization-code.ts'
import { clientCredentials } from './grants/client-credentials.ts'
import type { Grant, GrantType } from './grants/grant.ts'
import { refreshToken } from './grants/refresh-token.ts'
import { invalidRequest, OAuthError } from './oauth-error.ts'

const served: Readonly<Record<GrantType, Grant>> = {
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
  refresh_token: refreshToken,
}
const grants = new Map<string, Grant>(Object.entries(served))

/** The token endpoint: tokens for a grant, to an app client that proves itself (developer guide, "The token endpoint"). */
export const token: Endpoint = async (ctx, request, takeRate) => {
  const form = readForm(request)
  const grantType = form.get('grant_type')
  if (grantType === undefined) throw invalidRequest('grant_type is missing.')
  const grant = grants.get(grantType)
  if (grant === undefined) throw new OAuthError('unsupported_grant_type')
  const opened = await authenticateClient(ctx, request, form)
  return { ...(await grant(ctx, { ...opened, form, takeRate })) }
}
