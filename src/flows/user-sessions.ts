import type { Context } from '../context.ts'
import { poolSessionSettings } from '../domain/session-settings.ts'
import { longestTokenLifetime } from '../domain/signing-key.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { sessionType, type UserSession } from '../domain/user-session.ts'
import { clientContext } from './client-context.ts'
import type { OpenClient } from './open-client.ts'
import type { RefreshGrant } from './refresh-grant.ts'
import type { Authenticated } from './sign-in.ts'
import { endLogin, loginHolder, touchLogin } from './sso-session.ts'

const longestUserAgent = 1024

/** Where a session began, as its list shows it. */
export type SessionBeginning = Pick<UserSession, 'ip' | 'userAgent'>

/** Where somebody has signed in, from the request that completed it; a page's is the browser's own. */
export const sessionBeginning = (ctx: Context, { client, request }: Pick<Authenticated, 'client' | 'request'>): SessionBeginning => {
  const reported = request.surface === 'hosted' ? undefined : request.context?.userAgent
  return { ip: clientContext(ctx, client, request).ip, userAgent: (reported ?? ctx.call.userAgent)?.slice(0, longestUserAgent) }
}

/** Lists a sign-in that has just ended in tokens; where the user has too many then, the one used longest ago is ended. */
export const listUserSession = async (
  ctx: Context,
  { pool, client, user }: OpenClient & { readonly user: User },
  { sessionId, originId, expiresAt, deviceKey, loginSessionId }: RefreshGrant & { readonly sessionId: string },
  { ip, userAgent }: SessionBeginning,
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
    ip,
    userAgent,
    deviceKey,
    parentId: loginSessionId,
  }
  await ctx.store.userSessions.open(ctx.by(), session, poolSessionSettings(pool).TokenSession.MaxPerUser)
  if (loginSessionId !== undefined) await touchLogin(ctx, { poolUid: pool.uid, userId: user.id, originId: loginSessionId })
}

/** The user's sessions whose tokens are good, newest first. */
export const liveUserSessions = async (ctx: Context, pool: UserPool, user: User): Promise<UserSession[]> => {
  const sessions = await ctx.store.userSessions.ofUser(pool.uid, user.id, ctx.clock.now())
  const live = await Promise.all(sessions.map((session) => isLive(ctx, pool, user, session)))
  return sessions.filter((_, index) => live[index])
}

/** The generation that the tokens, or the cookie, of a session carry; undefined once their app client is gone. */
const generationOf = async (ctx: Context, pool: UserPool, session: UserSession): Promise<number | undefined> => {
  const { clientId, originId } = session
  if (sessionType(session) === 'SSO') return ctx.keyring.openOriginId(pool.uid, loginHolder, originId)
  const found = await ctx.store.clients.recentByClientId(clientId)
  return found?.pool.uid === pool.uid ? ctx.keyring.openOriginId(pool.uid, found.client.uid, originId) : undefined
}

/** Signing out everywhere, disabling and the like end sessions without touching their rows; deleting their app client does too. */
const isLive = async (ctx: Context, pool: UserPool, user: User, session: UserSession): Promise<boolean> =>
  (await generationOf(ctx, pool, session)) === user.generation

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

/** What RevokeAssociatedSessions says. */
export type Associated = 'LINKED' | 'NONE' | undefined

/** Ends the login session that a sign-in came through where RevokeAssociatedSessions wants it: its browser has to sign in anew (API_RevokeToken). */
export const endLinkedLogin = async (
  ctx: Context,
  poolUid: string,
  { userId, loginSessionId }: Pick<RefreshGrant, 'userId' | 'loginSessionId'>,
  associated: Associated,
  clientId: string,
): Promise<void> => {
  if (associated !== 'LINKED' || loginSessionId === undefined) return
  await endLogin(ctx, { poolUid, userId, originId: loginSessionId }, [clientId])
}

/**
 * Ends a listed session at once, and with it those that are linked where RevokeAssociatedSessions wants it: the login session that a token
 * session came through, or the token sessions that came through a login session (API_RevokeUserSession).
 */
export const endUserSession = async (ctx: Context, session: UserSession, associated: Associated): Promise<void> => {
  const { poolUid, userId, originId, parentId, clientId } = session
  if (sessionType(session) === 'TOKEN') {
    await endSignIn(ctx, poolUid, { ...session, sessionId: session.id })
    return endLinkedLogin(ctx, poolUid, { userId, loginSessionId: parentId }, associated, clientId)
  }
  // First, so that a code that is redeemed meanwhile finds it ended, if not now then after its session was listed.
  await endLogin(ctx, session, [clientId])
  if (associated !== 'LINKED') return
  const sessions = await ctx.store.userSessions.ofUser(poolUid, userId, ctx.clock.now())
  for (const linked of sessions.filter(({ parentId }) => parentId === originId)) {
    await endSignIn(ctx, poolUid, { ...linked, sessionId: linked.id })
  }
}
