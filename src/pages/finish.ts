import { isFreshFor, listLoginSession, newLoginSession } from '../flows/login-session.ts'
import type { Authenticated } from '../flows/sign-in.ts'
import { grantAuthorization } from '../oauth/grant-authorization.ts'
import { browserLogin } from './browser-login.ts'
import { newCsrf } from './csrf.ts'
import { keepLogin } from './login-cookie.ts'
import type { PageReply } from './page.ts'
import { redirectReply } from './page-reply.ts'
import { passkeyFirst, passkeyPage } from './passkey-first.ts'
import type { Visit } from './visit.ts'

/**
 * Ends a sign-in on a page: the browser keeps a login session, gets another form token, and takes the grant to the application, or goes where
 * a passkey is added if that is what the sign-in was for, or somebody new is to be reminded of it.
 */
export const finish = async (visit: Visit, authenticated: Authenticated, { remindOfPasskey = false } = {}): Promise<PageReply> => {
  const { ctx, authorization, version, request } = visit
  const { pool } = authorization
  const before = await browserLogin(ctx, pool, request)
  const login = await newLoginSession(ctx, authenticated, version, before?.session)
  // An application that takes no login session would only have the person sign in again after it.
  const mayGoBy = remindOfPasskey && isFreshFor(ctx, authorization, login.session)
  const first = mayGoBy ? passkeyPage(request) : passkeyFirst(visit)
  const location = first ?? (await grantAuthorization(ctx, authorization, authenticated, login.session))
  // Last, so that nobody is listed whose grant a function refused.
  await listLoginSession(ctx, authenticated, login.session)
  return redirectReply(ctx, location, [keepLogin(ctx, pool, login), ...newCsrf(ctx).cookies])
}
