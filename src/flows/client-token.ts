import type { Context } from '../context.ts'
import { clientTokenClaims } from '../domain/claims.ts'
import { epochSeconds } from '../domain/epoch-seconds.ts'
import { issuerOf } from '../domain/issuer.ts'
import { machineScopes } from '../domain/machine-scopes.ts'
import { scopesFault } from '../domain/scopes.ts'
import { tokenLifetimes } from '../domain/token-lifetimes.ts'
import { overriddenAccessClaims } from '../domain/token-overrides.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { knownResourceServers } from './known-resource-servers.ts'
import type { OpenClient } from './open-client.ts'
import { type ClientTokenRequest, preClientTokenGeneration } from './triggers/pre-token-generation.ts'

/** The custom scopes that the app client may have for itself at this moment. */
export const openMachineScopes = async (ctx: Context, { pool, client }: OpenClient): Promise<string[]> => {
  if (!client.AllowedOAuthScopes?.length) return []
  return machineScopes(client.AllowedOAuthScopes, await knownResourceServers(ctx, pool, client.AllowedOAuthScopes, { client }))
}

/** Whether the pool or one of its resource servers has the scope, whoever may have it. */
export const isExistingScope = async (ctx: Context, pool: UserPool, scope: string): Promise<boolean> =>
  scopesFault([scope], await knownResourceServers(ctx, pool, [scope])) === undefined

/** An access token for an app client, with its lifetime in seconds. */
export interface IssuedClientToken {
  readonly AccessToken: string
  readonly ExpiresIn: number
  readonly TokenType: string
}

/** An access token for the app client itself, with scopes that it may have; no user and no refresh token belong to it. */
export const issueClientToken = async (ctx: Context, asked: ClientTokenRequest): Promise<IssuedClientToken> => {
  const { pool, client, scopes } = asked
  const overrides = await preClientTokenGeneration(ctx, asked)
  const now = ctx.clock.now()
  const { access: lifetime } = tokenLifetimes(client)
  const claims = clientTokenClaims({
    issuer: issuerOf(ctx.policy, pool),
    client,
    scope: scopes.join(' '),
    issuedAt: epochSeconds(now),
    expiresAt: epochSeconds(now + lifetime),
    jti: ctx.random.uuid(),
  })
  const AccessToken = await ctx.signingKeys.sign(
    pool.uid,
    'access',
    overrides === undefined ? claims : overriddenAccessClaims(claims, overrides),
  )
  return { AccessToken, ExpiresIn: lifetime / 1000, TokenType: 'Bearer' }
}
