import type { Context } from '../context.ts'
import { epochSeconds } from '../domain/epoch-seconds.ts'
import { issuerOf } from '../domain/issuer.ts'
import { logoutTokenClaims, logoutTokenType } from '../domain/logout-token.ts'

/** A sign-out that applications are told of. */
export interface EndedLogin {
  readonly poolUid: string
  readonly userId: string
  /** The session that ended, as ID tokens name it; undefined: all of the user's. */
  readonly sid?: string | undefined
  /** The app clients that took part, as far as that is known. */
  readonly clientIds: Iterable<string>
}

/** The logout token for a client; undefined where pool or client is gone, or the client is of another pool. */
const logoutToken = async (ctx: Context, clientId: string, { poolUid, userId, sid }: EndedLogin): Promise<string | undefined> => {
  const opened = await ctx.store.clients.recentByClientId(clientId)
  if (opened === undefined || opened.pool.uid !== poolUid) return undefined
  const issuer = issuerOf(ctx.policy, opened.pool)
  const issuedAt = epochSeconds(ctx.clock.now())
  const claims = logoutTokenClaims({ issuer, clientId, userId, sid, issuedAt, jti: ctx.random.uuid() })
  return ctx.signingKeys.sign(poolUid, 'id', claims, logoutTokenType)
}

/**
 * Tells those of the clients that have an address for it (setting `backchannel-logout`) that somebody has signed out, in the background
 * (OpenID Connect Back-Channel Logout 1.0).
 */
export const announceLogout = (ctx: Context, ended: EndedLogin): void => {
  for (const clientId of new Set(ended.clientIds)) {
    const url = ctx.policy.backchannelLogout.get(clientId)
    if (url !== undefined) ctx.logoutNotices.send({ clientId, url, sign: () => logoutToken(ctx, clientId, ended) })
  }
}
