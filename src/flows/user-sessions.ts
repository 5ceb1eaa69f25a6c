import type { Context } from '../context.ts'
import { poolSessionSettings } from '../domain/session-settings.ts'
import { longestTokenLifetime } from '../domain/signing-key.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import type { UserSession } from '../domain/user-session.ts'
import { clientContext } from './client-context.ts'
import type { RefreshGrant } from './refresh-grant.ts'
import type { Authenticated } from './sign-in.ts'

const longestUserAgent = 1024

/** Lists a sign-in that has just ended in tokens; where the user has too many then, the one used longest ago is ended. */
export const listUserSession = async (
  ctx: Context,
  { pool, client, user, request }: Authenticated,
  { sessionId, originId, expiresAt, deviceKey }: RefreshGrant & { readonly sessionId: string },
): Promise<void> => {
  const now = ctx.clock.now()
  const session: UserSession = {
    poolUid: pool.uid,
    userId: user.id,
    id: sessionId,
    originId,
    clientId: client.ClientId,
    createdAt: now,
    lastUsedAt: now,
    expiresAt,
    ip: clientContext(ctx, client, request).ip,
    userAgent: (request.context?.userAgent ?? ctx.call.userAgent)?.slice(0, longestUserAgent),
    deviceKey,
  }
  await ctx.store.userSessions.open(ctx.by(), session, poolSessionSettings(pool).TokenSession.MaxPerUser)
}

/** The user's sessions whose tokens are good, newest first. */
export const liveUserSessions = async (ctx: Context, pool: UserPool, user: User): Promise<UserSession[]> => {
  const sessions = await ctx.store.userSessions.ofUser(pool.uid, user.id, ctx.clock.now())
  const live = await Promise.all(sessions.map((session) => isLive(ctx, pool, user, session)))
  return sessions.filter((_, index) => live[index])
}

/** Signing out everywhere, disabling and the like end sessions without touching their rows; deleting their app client does too. */
const isLive = async (ctx: Context, pool: UserPool, user: User, { clientId, originId }: UserSession): Promise<boolean> => {
  const found = await ctx.store.clients.byClientId(clientId)
  return found?.pool.uid === pool.uid && (await ctx.keyring.openOriginId(pool.uid, found.client.uid, originId)) === user.generation
}

/** When nothing of a sign-in can be good any more, in epoch ms: its last access token is made with its refresh token's last breath. */
export const endOfTokens = ({ expiresAt }: Pick<RefreshGrant, 'expiresAt'>): number => expiresAt + longestTokenLifetime

/**
 * Ends a sign-in: its refresh tokens, those that were rotated out too, and every token made from them; it leaves the list of sessions.
 * Resolves also where it has ended before.
 */
export const endSignIn = async (
  ctx: Context,
  poolUid: string,
  { userId, originId, expiresAt, sessionId }: Pick<RefreshGrant, 'userId' | 'originId' | 'expiresAt' | 'sessionId'>,
): Promise<void> => {
  await ctx.store.revocations.revoke(ctx.by(), poolUid, originId, endOfTokens({ expiresAt }))
  const session = sessionId === undefined ? undefined : await ctx.store.userSessions.byId(poolUid, userId, sessionId)
  if (session !== undefined) await ctx.store.userSessions.end(ctx.by(), session)
}
