import { limitsAttributes, userAdminScope } from '../../domain/scopes.ts'
import { CognitoError } from '../../errors.ts'
import { refresh } from '../../flows/refresh.ts'
import { type RefreshGrant, readRefreshToken } from '../../flows/refresh-grant.ts'
import { invalidRequest, OAuthError, tooManyRequests } from '../oauth-error.ts'
import { requestedScopes, withoutOfflineAccess } from '../requested-scopes.ts'
import { triggerRefusal } from '../trigger-refusal.ts'
import type { Grant } from './grant.ts'
import { tokenResponse } from './token-response.ts'

/**
 * Sessions of the API have an ID token though self-service is their only scope (token endpoint page); others, those of pages among them, have
 * it by `openid`.
 */
const hasIdToken = ({ hosted, scopes: ofSession }: RefreshGrant, scopes: readonly string[]): boolean =>
  scopes.includes('openid') || (!hosted && ofSession.length === 1 && ofSession[0] === userAdminScope)

/**
 * The scopes for the access token: those asked for, of those that the session has (RFC 6749 section 6). guess: a refresh that keeps openid
 * but drops all of email, phone and profile is refused with invalid_scope, since openid alone opens more attributes.
 */
const narrowed = ({ scopes }: RefreshGrant, requested: readonly string[]): readonly string[] => {
  if (requested.some((scope) => !scopes.includes(scope))) throw new OAuthError('invalid_scope')
  if (requested.length === 0) return scopes
  if (requested.includes('openid') && limitsAttributes(scopes) && !limitsAttributes(requested)) throw new OAuthError('invalid_scope')
  return requested
}

const refusalOf = (error: unknown): unknown => {
  const isOver = error instanceof CognitoError && ['NotAuthorizedException', 'RefreshTokenReuseException'].includes(error.code)
  return isOver ? new OAuthError('invalid_grant') : triggerRefusal(error)
}

/**
 * New tokens for a refresh token, whether a sign-in by the API or one on a page made it, and a new refresh token where they rotate. Tokens
 * that belong to a device are refreshed by the API alone, since nothing here names the device (token endpoint page). The page has
 * aws_client_metadata passed on for client credentials only.
 */
export const refreshToken: Grant = async (ctx, { pool, client, form, takeRate }) => {
  // "Token refresh with InitiateAuth or the token endpoint" (quotas page).
  const wait = takeRate('UserAuthentication', pool.region)
  if (wait !== undefined) throw tooManyRequests(wait)
  // guess: a client for machines is refused with unauthorized_client whatever refresh token it has.
  if (client.AllowedOAuthFlows?.includes('client_credentials')) throw new OAuthError('unauthorized_client')
  const token = form.get('refresh_token')
  if (token === undefined) throw invalidRequest('refresh_token is missing.')
  const requested = withoutOfflineAccess(requestedScopes(form))
  const grant = await readRefreshToken(ctx, { pool, client }, token)
  if (grant === undefined) throw new OAuthError('invalid_grant')
  const scopes = narrowed(grant, requested)
  const how = { via: 'token endpoint', deviceKey: undefined, clientMetadata: undefined, scopes } as const
  const issued = await refresh(ctx, { pool, client }, grant, how).catch((error: unknown) => {
    throw refusalOf(error)
  })
  return tokenResponse(ctx.policy, hasIdToken(grant, scopes) ? issued : { ...issued, IdToken: undefined })
}
