import type { Context } from '../context.ts'
import { isOfTrigger } from '../errors.ts'
import { issueCode, issueImplicitTokens } from '../flows/authorization.ts'
import type { LoginSession } from '../flows/login-session.ts'
import type { Authenticated } from '../flows/sign-in.ts'
import { type AuthorizationRequest, refusedToApplication } from './authorization-request.ts'
import { grantedScope } from './granted-scope.ts'
import { answerTo } from './redirect-back.ts'

/** The members of the answer in AWS's order. */
const grantedMembers = async (
  ctx: Context,
  request: AuthorizationRequest,
  authenticated: Authenticated,
  login: Pick<LoginSession, 'originId'>,
): Promise<Record<string, string | undefined>> => {
  const { redirectUri, redirectUriGiven, scopes, nonce, codeChallenge, resource } = request
  const idTokenOnly = request.responseType === 'id_token'
  const loginSessionId = login.originId
  const authorization = { redirectUri, redirectUriGiven, scopes, nonce, codeChallenge, resource, loginSessionId, idTokenOnly }
  if (request.responseType === 'code') return { code: await issueCode(ctx, authenticated, authorization) }
  const { IdToken, AccessToken, TokenType, ExpiresIn } = await issueImplicitTokens(ctx, authenticated, authorization)
  if (idTokenOnly) return { id_token: IdToken }
  const accessToken = { access_token: AccessToken, token_type: TokenType, expires_in: String(ExpiresIn) }
  return { id_token: IdToken, ...accessToken, ...grantedScope(ctx.policy, AccessToken) }
}

/** What a trigger refuses is told to the application in AWS's words. */
const refusedByTrigger = (ctx: Context, request: AuthorizationRequest, error: unknown): unknown =>
  isOfTrigger(error) ? refusedToApplication(ctx, request, 'invalid_request', error.message) : error

/** Where the browser goes with what somebody who is signed in grants the application: a code in the query, or tokens behind the `#`. */
export const grantAuthorization = async (
  ctx: Context,
  request: AuthorizationRequest,
  authenticated: Authenticated,
  login: Pick<LoginSession, 'originId'>,
): Promise<string> => {
  // OpenID Connect Core 3.1.2.1, `id_token_hint`.
  if (request.hintedUserId !== undefined && request.hintedUserId !== authenticated.user.id) {
    throw refusedToApplication(ctx, request, 'login_required', 'Somebody else has signed in.')
  }
  const members = await grantedMembers(ctx, request, authenticated, login).catch((error: unknown) => {
    throw refusedByTrigger(ctx, request, error)
  })
  return answerTo(ctx, request, request.grantMode, members)
}
