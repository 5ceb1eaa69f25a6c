import type { Context } from '../context.ts'
import type { PagesVersion } from '../domain/pages-version.ts'
import { type OpenedLogin, openLoginSession } from '../flows/login-session.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import { sentLogin } from './login-cookie.ts'
import type { PageRequest } from './page.ts'

/** Who is signed in on this browser; undefined also for anybody but the one whom the application means (`id_token_hint`). */
export const browserLogin = async (
  ctx: Context,
  { pool, hintedUserId }: Pick<AuthorizationRequest, 'pool' | 'hintedUserId'>,
  request: PageRequest,
  version: PagesVersion,
): Promise<OpenedLogin | undefined> => {
  const login = await openLoginSession(ctx, pool, sentLogin(ctx, pool, request), version)
  return hintedUserId === undefined || login?.user.id === hintedUserId ? login : undefined
}
