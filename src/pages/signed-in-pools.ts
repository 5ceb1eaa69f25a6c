import type { Context } from '../context.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { browserLogin } from './browser-login.ts'
import { poolsOfCookies } from './login-cookie.ts'
import type { PageRequest } from './page.ts'

/** Nobody is signed in to so many, except who makes cookies up. */
const mostPools = 20

/** The pools that somebody is signed in to on this browser; at a pool's domain, that pool alone. */
export const signedInPools = async (ctx: Context, request: PageRequest): Promise<UserPool[]> => {
  const { domain } = request
  const pools: UserPool[] = []
  for (const id of poolsOfCookies(ctx, request).slice(0, mostPools)) {
    const pool = domain?.pool.Id === id ? domain.pool : domain === undefined ? await ctx.store.pools.byId(id) : undefined
    if (pool === undefined) continue
    if (await browserLogin(ctx, pool, request)) pools.push(pool)
  }
  return pools
}
