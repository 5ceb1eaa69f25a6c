import type { Context } from '../context.ts'
import { enforcementFault, statusRefusal } from '../domain/challenge.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { CognitoError, invalidRefreshToken, refreshTokenExpired, refreshTokenRevoked, userDisabled } from '../errors.ts'
import type { AuthenticationResultType } from '../model/types.gen.ts'
import { issueSessionTokens, type RefreshGrant } from './issue-tokens.ts'
import type { OpenClient } from './open-client.ts'

/** The content of a refresh token that this server made for the client; undefined for anything else, however old or revoked it is. */
export const readRefreshToken = async (ctx: Context, { pool, client }: OpenClient, token: string): Promise<RefreshGrant | undefined> => {
  const plain = await ctx.keyring.openRefreshToken(pool.uid, token)
  if (plain === undefined) return undefined
  const grant = JSON.parse(Buffer.from(plain).toString('utf8')) as RefreshGrant
  return grant.clientUid === client.uid ? grant : undefined
}

/** The names over which a client may have made the secret hash of a refresh (developer guide: `sub`, or the `username` claim). */
export const refreshNames = async (ctx: Context, pool: UserPool, grant: RefreshGrant): Promise<string[]> => {
  const user = await ctx.store.users.byId(pool.uid, grant.userId)
  return user === undefined ? [grant.userId] : [user.id, user.username]
}

/**
 * The user of a live session. Throws NotAuthorizedException when the session, or the user's right to it, has ended, and
 * OperationNotEnabledException where the pool's settings forbid tokens: GetTokensFromRefreshToken lists no other error for either.
 */
export const requireLiveGrant = async (ctx: Context, opened: OpenClient, grant: RefreshGrant | undefined): Promise<User> => {
  const { pool, client } = opened
  if (grant === undefined) throw invalidRefreshToken()
  if (ctx.clock.now() >= grant.expiresAt) throw refreshTokenExpired()
  const user = await ctx.store.users.byId(pool.uid, grant.userId)
  if (user === undefined) throw invalidRefreshToken()
  const refusal = statusRefusal(user)
  if (refusal === 'disabled') throw userDisabled()
  if (refusal !== undefined || user.status === 'FORCE_CHANGE_PASSWORD' || user.generation !== grant.generation) throw refreshTokenRevoked()
  if (await ctx.store.revocations.isRevoked(pool.uid, grant.originId)) throw refreshTokenRevoked()
  const sentence = enforcementFault(pool, client)
  if (sentence !== undefined) throw new CognitoError('OperationNotEnabledException', sentence)
  return user
}

/** New ID and access tokens for a refresh token; it stays the same, as does auth_time. */
export const refresh = async (ctx: Context, opened: OpenClient, grant: RefreshGrant | undefined): Promise<AuthenticationResultType> => {
  const user = await requireLiveGrant(ctx, opened, grant)
  if (grant === undefined) throw invalidRefreshToken()
  return issueSessionTokens(ctx, { ...opened, user }, grant)
}
