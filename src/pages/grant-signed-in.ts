import type { Context } from '../context.ts'
import type { PagesVersion } from '../domain/pages-version.ts'
import { joinLoginSession, type LoginSession } from '../flows/login-session.ts'
import type { Authenticated } from '../flows/sign-in.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import { grantAuthorization } from '../oauth/grant-authorization.ts'
import { keepLogin } from './login-cookie.ts'
import type { PageReply } from './page.ts'
import { redirectReply } from './page-reply.ts'

/** Takes to the application what somebody grants it who was signed in before; the browser's session keeps what is to be known of that. */
export const grantSignedIn = async (
  ctx: Context,
  authorization: AuthorizationRequest,
  authenticated: Authenticated,
  session: LoginSession,
  version: PagesVersion,
): Promise<PageReply> => {
  const location = await grantAuthorization(ctx, authorization, authenticated, session)
  const joined = await joinLoginSession(ctx, authorization, session, version)
  return redirectReply(ctx, location, joined === undefined ? [] : [keepLogin(ctx, authorization.pool, joined)])
}
