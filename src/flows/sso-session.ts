import type { Context } from '../context.ts'
import { ssoSessionId } from '../crypto/sso-session-id.ts'

/** In place of an app client's uid in the origin ids of login sessions, which belong to no one client. */
export const loginHolder = 'login'

/** Which login session: whose it is, and what ends it. */
export interface LoginKey {
  readonly poolUid: string
  readonly userId: string
  readonly originId: string
}

/** Notes the use of a login session; 'absent' where it is not listed, or was ended. */
export const touchLogin = (ctx: Context, { poolUid, userId, originId }: LoginKey): Promise<'touched' | 'absent'> =>
  ctx.store.userSessions.touch(ctx.by(), { poolUid, userId, id: ssoSessionId(originId) })

/**
 * Ends a login session: no cookie of it is good any more, as long as one could be (`until`, epoch ms, and longer where it is listed), and it
 * leaves the list. Resolves also where it has ended before.
 */
export const endLogin = async (ctx: Context, { poolUid, userId, originId }: LoginKey, until: number): Promise<void> => {
  await ctx.store.revocations.revoke(ctx.by(), poolUid, originId, until)
  const listed = await ctx.store.userSessions.byId(poolUid, userId, ssoSessionId(originId))
  if (listed !== undefined) await ctx.store.userSessions.end(ctx.by(), listed)
}
