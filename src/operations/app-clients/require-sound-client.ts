import type { Context } from '../../context.ts'
import type { AppClient } from '../../domain/app-client.ts'
import { type AppClientSurroundings, appClientFault, appClientTierFault, oauthFlowFault } from '../../domain/app-client-config.ts'
import { scopesFault } from '../../domain/scopes.ts'
import { CognitoError, invalidParameter } from '../../errors.ts'
import { knownResourceServers } from '../../flows/known-resource-servers.ts'
import type { CreateUserPoolClientRequest, UpdateUserPoolClientRequest } from '../../model/types.gen.ts'

/** Throws what CreateUserPoolClient and UpdateUserPoolClient answer to settings that don't go together. */
export const requireSoundClient = async (
  ctx: Context,
  input: CreateUserPoolClientRequest | UpdateUserPoolClientRequest,
  surroundings: AppClientSurroundings & { readonly client?: AppClient },
): Promise<void> => {
  const { pool, hasSecret, client } = surroundings
  const tier = appClientTierFault(input, pool)
  if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
  const fault = appClientFault(input, surroundings)
  if (fault !== undefined) throw invalidParameter(fault)
  const oauth = oauthFlowFault(input, hasSecret)
  if (oauth !== undefined) throw new CognitoError('InvalidOAuthFlowException', oauth)
  const { AllowedOAuthScopes: scopes = [] } = input
  const unknown = scopesFault(scopes, await knownResourceServers(ctx, pool, scopes, { client, readFor: 'administrators' }))
  if (unknown !== undefined) throw new CognitoError('ScopeDoesNotExistException', unknown)
}
