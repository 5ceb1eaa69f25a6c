import type { Context } from '../context.ts'
import type { UserPool } from '../domain/user-pool.ts'
import type { LoginSession } from '../flows/login-session.ts'
import { isSecure, setCookie } from './cookies.ts'
import type { PageRequest } from './page.ts'

/**
 * The name of a pool's session cookie: at the server's own address all pools share a host. `__Host-` keeps other hosts of the site from
 * setting it (RFC 6265bis section 4.1.3.2); over plain http browsers refuse the prefix.
 */
const nameOf = ({ policy }: Pick<Context, 'policy'>, { Id }: Pick<UserPool, 'Id'>): string =>
  `${isSecure(policy) ? '__Host-' : ''}cognito.${Id}`

/** The ids of the pools whose cookies the browser sent, whatever is in them. */
export const poolsOfCookies = (ctx: Pick<Context, 'policy'>, { cookies }: Pick<PageRequest, 'cookies'>): string[] => {
  const start = nameOf(ctx, { Id: '' })
  return [...cookies.keys()].filter((name) => name.startsWith(start)).map((name) => name.slice(start.length))
}

/** The sealed login session that the browser sent for the pool. */
export const sentLogin = (ctx: Context, pool: UserPool, { cookies }: Pick<PageRequest, 'cookies'>): string | undefined =>
  cookies.get(nameOf(ctx, pool))

/** Has the browser keep a login session as long as it can be good. */
export const keepLogin = (ctx: Context, pool: UserPool, { sealed, session }: { sealed: string; session: LoginSession }): string =>
  setCookie(ctx.policy, nameOf(ctx, pool), sealed, { maxAge: Math.max(0, Math.floor((session.expiresAt - ctx.clock.now()) / 1000)) })

/** Has the browser forget it. */
export const forgetLogin = (ctx: Context, pool: UserPool): string => setCookie(ctx.policy, nameOf(ctx, pool), '', { maxAge: 0 })
