import type { Context } from '../context.ts'
import { pagesVersion } from '../domain/pages-version.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { type OpenedLogin, openLoginSession } from '../flows/login-session.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import { sentLogin } from './login-cookie.ts'
import type { PageRequest } from './page.ts'

/** Who is signed in to the pool on this browser, on the pages that the request came to. */
export const browserLogin = (ctx: Context, pool: UserPool, request: PageRequest): Promise<OpenedLogin | undefined> =>
  openLoginSession(ctx, pool, sentLogin(ctx, pool, request), pagesVersion(pool, request.domain?.domain))

/** The same for an application; undefined also for anybody but the one whom it means (`id_token_hint`). */
export const meantLogin = async (
  ctx: Context,
  { pool, hintedUserId }: Pick<AuthorizationRequest, 'pool' | 'hintedUserId'>,
  request: PageRequest,
): Promise<OpenedLogin | undefined> => {
  const login = await browserLogin(ctx, pool, request)
  return hintedUserId === undefined || login?.user.id === hintedUserId ? login : undefined
}
