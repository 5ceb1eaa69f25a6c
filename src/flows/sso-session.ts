import type { Context } from '../context.ts'
import { ssoSessionId } from '../crypto/sso-session-id.ts'
import { longestLogin } from '../domain/session-settings.ts'
import { announceLogout } from './announce-logout.ts'

/** In place of an app client's uid in the origin ids of login sessions, which belong to no one client. */
export const loginHolder = 'login'

/** Which login session: whose it is, and what ends it. */
export interface LoginKey {
  readonly poolUid: string
  readonly userId: string
  readonly originId: string
}

/** The app clients to tell when a login session ends: those that its cookie or the list of sessions knows; none where it has ended before. */
const clientsToTell = async (ctx: Context, { poolUid, userId, originId }: LoginKey, known: readonly string[]): Promise<string[]> => {
  if (ctx.policy.backchannelLogout.size === 0 || (await ctx.store.revocations.isRevoked(poolUid, originId))) return []
  const sessions = await ctx.store.userSessions.ofUser(poolUid, userId, ctx.clock.now())
  return [...known, ...sessions.filter(({ parentId }) => parentId === originId).map(({ clientId }) => clientId)]
}

/** Notes the use of a login session; 'absent' where it is not listed, or was ended. */
export const touchLogin = (ctx: Context, { poolUid, userId, originId }: LoginKey): Promise<'touched' | 'absent'> =>
  ctx.store.userSessions.touch(ctx.by(), { poolUid, userId, id: ssoSessionId(originId) })

/**
 * Ends a login session: no cookie of it is good any more, and it leaves the list. Resolves also where it has ended before. The app clients
 * that took part are told: those of `clientIds`, and those listed.
 */
export const endLogin = async (ctx: Context, key: LoginKey, clientIds: readonly string[] = []): Promise<void> => {
  const { poolUid, userId, originId } = key
  const told = await clientsToTell(ctx, key, clientIds)
  // Cookies of one session live for different times, and the one at hand need not be the one that lives longest.
  await ctx.store.revocations.revoke(ctx.by(), poolUid, originId, ctx.clock.now() + longestLogin)
  const listed = await ctx.store.userSessions.byId(poolUid, userId, ssoSessionId(originId))
  if (listed !== undefined) await ctx.store.userSessions.end(ctx.by(), listed)
  announceLogout(ctx, { poolUid, userId, sid: ssoSessionId(originId), clientIds: told })
}
