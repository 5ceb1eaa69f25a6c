import type { Context } from '../context.ts'
import { addressScope, customScopes, standardScopes } from '../domain/scopes.ts'
import type { OpenClient } from './open-client.ts'

const everyResourceServer = 1000

/**
 * The scopes of an app client that can be granted at this moment: a custom one whose resource server has it no more stays on the client and
 * is not issued (developer guide, "Scopes, M2M, and resource servers"). With `strict-oidc` whoever has `openid` has `address` too.
 */
export const activeScopes = async (ctx: Context, { pool, client }: OpenClient): Promise<string[]> => {
  const listed = [...new Set(client.AllowedOAuthScopes)]
  const allowed = ctx.policy.strictOidc && listed.includes('openid') ? [...listed, addressScope] : listed
  if (listed.every((scope) => standardScopes.includes(scope))) return allowed
  const { rows } = await ctx.store.resourceServers.list(pool.uid, { limit: everyResourceServer })
  const known = new Set([...standardScopes, addressScope, ...rows.flatMap(customScopes)])
  return allowed.filter((scope) => known.has(scope))
}
