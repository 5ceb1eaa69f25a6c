import type { Context } from '../context.ts'
import { pagesVersion } from '../domain/pages-version.ts'
import { endLoginSession } from '../flows/login-session.ts'
import type { OpenClient } from '../flows/open-client.ts'
import { newCsrf } from './csrf.ts'
import { forgetLogin, sentLogin } from './login-cookie.ts'
import type { PageRequest } from './page.ts'

/** Ends the browser's login session of the pool; answers the Set-Cookie headers that make it forget. Without a session it does no harm. */
export const signOut = async (ctx: Context, { pool }: Pick<OpenClient, 'pool'>, request: PageRequest): Promise<string[]> => {
  const sealed = sentLogin(ctx, pool, request)
  if (sealed !== undefined) await endLoginSession(ctx, pool, sealed, pagesVersion(pool, request.domain?.domain))
  return [forgetLogin(ctx, pool), ...newCsrf(ctx).cookies]
}
