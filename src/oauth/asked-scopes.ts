import type { Context } from '../context.ts'
import { addressScope, existingScopes } from '../domain/scopes.ts'
import { activeScopes } from '../flows/active-scopes.ts'
import { knownResourceServers } from '../flows/known-resource-servers.ts'
import type { OpenClient } from '../flows/open-client.ts'
import type { Parameters } from './parameters.ts'
import type { Refuse } from './refusals.ts'
import { requestedScopes, withoutOfflineAccess } from './requested-scopes.ts'

const withOpenId = ['email', 'phone', 'profile', addressScope]

const readNames = (parameters: Parameters, refuse: Refuse): string[] => {
  try {
    return requestedScopes(parameters)
  } catch {
    throw refuse('invalid_scope')
  }
}

/** Those that mean something in this pool: OpenID Connect Core 3.1.2.1 has others ignored, `offline_access` among them (section 11). */
const understood = async (ctx: Context, { pool, client }: OpenClient, names: readonly string[]): Promise<readonly string[]> => {
  if (names.every((name) => client.AllowedOAuthScopes?.includes(name))) return names
  const existing = existingScopes(await knownResourceServers(ctx, pool, names))
  return names.filter((name) => existing.has(name) || name === addressScope || client.AllowedOAuthScopes?.includes(name))
}

/**
 * The scopes asked for, or all of the client's. A scope that the client does not have is refused, one whose resource server lost it is left
 * out, and so is offline_access. guess: email, phone or profile without openid is refused with invalid_scope.
 */
export const askedScopes = async (ctx: Context, opened: OpenClient, parameters: Parameters, refuse: Refuse): Promise<readonly string[]> => {
  const names = readNames(parameters, refuse)
  const meant = ctx.policy.strictOidc ? await understood(ctx, opened, names) : names
  const asked = withoutOfflineAccess(meant)
  const own = opened.client.AllowedOAuthScopes ?? []
  const active = await activeScopes(ctx, opened)
  if (asked.some((scope) => !own.includes(scope) && !active.includes(scope))) throw refuse('invalid_scope')
  if (!asked.includes('openid') && asked.some((scope) => withOpenId.includes(scope))) throw refuse('invalid_scope')
  const granted = names.length === 0 ? active.filter((scope) => own.includes(scope)) : asked.filter((scope) => active.includes(scope))
  if (granted.length === 0) throw refuse('invalid_scope')
  return granted
}
