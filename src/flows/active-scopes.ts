import type { Context } from '../context.ts'
import { addressScope, existingScopes, standardScopes } from '../domain/scopes.ts'
import { ownResourceServers } from './known-resource-servers.ts'
import type { OpenClient } from './open-client.ts'

/**
 * The scopes of an app client that can be granted at this moment: a custom one whose resource server has it no more stays on the client and
 * is not issued (developer guide, "Scopes, M2M, and resource servers"). With `strict-oidc` whoever has `openid` has `address` too.
 */
export const activeScopes = async (ctx: Context, { pool, client }: OpenClient): Promise<string[]> => {
  const listed = [...new Set(client.AllowedOAuthScopes)]
  const allowed = ctx.policy.strictOidc && listed.includes('openid') ? [...listed, addressScope] : listed
  if (listed.every((scope) => standardScopes.includes(scope))) return allowed
  // No user may register app clients for others: what the service manages is for clients themselves.
  const existing = existingScopes(await ownResourceServers(ctx, pool, listed))
  return allowed.filter((scope) => existing.has(scope) || scope === addressScope)
}
