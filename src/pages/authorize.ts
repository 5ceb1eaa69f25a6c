import type { Context } from '../context.ts'
import { pagesVersion } from '../domain/pages-version.ts'
import { registeredItself } from '../domain/registered-itself.ts'
import { resumeSignIn } from '../flows/login-session.ts'
import { type AuthorizationRequest, openAuthorizationRequest, refusedToApplication } from '../oauth/authorization-request.ts'
import { requireLocalUsers } from '../oauth/local-users.ts'
import { RefusedOnPage, RefusedToApplication } from '../oauth/refusals.ts'
import { asGet } from './as-get.ts'
import { asksCustomChallenges } from './asks-custom-challenges.ts'
import { meantLogin } from './browser-login.ts'
import { openCsrf } from './csrf.ts'
import { grantSignedIn } from './grant-signed-in.ts'
import { logFault } from './outcome.ts'
import type { Page, PageReply, PageRequest } from './page.ts'
import { redirectReply } from './page-reply.ts'
import { signInRequest } from './visit.ts'

const answer = async (ctx: Context, request: PageRequest, authorization: AuthorizationRequest): Promise<PageReply> => {
  requireLocalUsers(authorization)
  const { pool, client, prompt, maxAge, acrValues } = authorization
  const version = pagesVersion(pool, request.domain?.domain)
  const obeysPrompt = version === 2 || ctx.policy.strictOidc
  const provider = request.query.get('identity_provider')
  // guess: an identity provider that the pool does not have is refused with invalid_request.
  if ((provider !== undefined && provider !== 'COGNITO') || request.query.has('idp_identifier')) {
    throw refusedToApplication(ctx, authorization, 'invalid_request', 'The identity provider does not exist.')
  }
  // Nobody vouches for a client that registered itself: a link to it must not be enough to get somebody's tokens.
  const wantsForm =
    registeredItself(client) || (obeysPrompt && (prompt.has('login') || (ctx.policy.strictOidc && prompt.has('select_account'))))
  const login = wantsForm ? undefined : await meantLogin(ctx, authorization, request)
  const byCustomChallenges = asksCustomChallenges(ctx, authorization)
  const how = { maxAge, acrValues, byCustomChallenges, request: signInRequest({ request }) }
  const resumed = login && (await resumeSignIn(ctx, authorization, login, how))
  if (login !== undefined && resumed !== undefined) {
    return grantSignedIn(ctx, authorization, resumed, login.session, version)
  }
  if (obeysPrompt && prompt.has('none')) throw refusedToApplication(ctx, authorization, 'login_required')
  // AWS sets the form's cookie with each request (developer guide, "Things to know about managed login and the hosted UI").
  return redirectReply(ctx, `/login?${request.search}`, openCsrf(ctx, request).cookies)
}

/** A fault of ours, which the application learns of like any refusal (developer guide, "Examples of negative responses"). */
const failed = (ctx: Context, authorization: AuthorizationRequest, error: unknown): unknown => {
  if (error instanceof RefusedToApplication || error instanceof RefusedOnPage) return error
  logFault(ctx, error)
  return refusedToApplication(ctx, authorization, 'server_error')
}

/**
 * The authorization endpoint (developer guide, "The redirect and authorization endpoint"): sends somebody who is signed in straight back
 * with the grant, except to an app client that registered itself, anybody else to the sign-in page with the same parameters. `prompt` counts
 * on managed login alone, as on AWS; with `strict-oidc` everywhere.
 */
export const authorize: Page = async (ctx, request) => {
  if (request.method === 'POST') return asGet(ctx, request)
  const authorization = await openAuthorizationRequest(ctx, request.query, request.domain)
  return answer(ctx, request, authorization).catch((error: unknown) => {
    throw failed(ctx, authorization, error)
  })
}
