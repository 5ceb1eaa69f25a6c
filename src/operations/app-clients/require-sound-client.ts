import type { Context } from '../../context.ts'
import { type AppClientSurroundings, appClientFault, appClientTierFault, oauthFlowFault } from '../../domain/app-client-config.ts'
import { scopesFault } from '../../domain/scopes.ts'
import { CognitoError, invalidParameter } from '../../errors.ts'
import type { CreateUserPoolClientRequest, UpdateUserPoolClientRequest } from '../../model/types.gen.ts'

const everyResourceServer = 1000

/** Throws what CreateUserPoolClient and UpdateUserPoolClient answer to settings that don't go together. */
export const requireSoundClient = async (
  ctx: Context,
  input: CreateUserPoolClientRequest | UpdateUserPoolClientRequest,
  surroundings: AppClientSurroundings,
): Promise<void> => {
  const { pool, hasSecret } = surroundings
  const tier = appClientTierFault(input, pool)
  if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
  const fault = appClientFault(input, surroundings)
  if (fault !== undefined) throw invalidParameter(fault)
  const oauth = oauthFlowFault(input, hasSecret)
  if (oauth !== undefined) throw new CognitoError('InvalidOAuthFlowException', oauth)
  if (!input.AllowedOAuthScopes?.length) return
  const servers = await ctx.store.resourceServers.list(pool.uid, { limit: everyResourceServer })
  const scopes = scopesFault(input.AllowedOAuthScopes, servers.rows)
  if (scopes !== undefined) throw new CognitoError('ScopeDoesNotExistException', scopes)
}
