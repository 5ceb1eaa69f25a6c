import type { Context } from '../context.ts'
import { issuerOf } from '../domain/issuer.ts'
import type { OpenClient } from './open-client.ts'

/** Whom an ID token of ours was issued for, and to which app client. */
export interface IdTokenHint extends OpenClient {
  readonly sub: string
}

/**
 * Reads an ID token that comes back as a hint; how old it is does not matter (OpenID Connect RP-Initiated Logout 1.0 section 2). Undefined for
 * anything that no pool of this server signed as an ID token for a client that is still there.
 */
export const readIdTokenHint = async (ctx: Context, token: string): Promise<IdTokenHint | undefined> => {
  // The audience is believed only to find the pool whose keys then judge the token.
  const unproved = ctx.signingKeys.read(token)
  const audience = unproved?.payload['aud']
  const opened = typeof audience === 'string' ? await ctx.store.clients.recentByClientId(audience) : undefined
  if (unproved === undefined || opened === undefined) return undefined
  const claims = await ctx.signingKeys.verify(opened.pool.uid, 'id', unproved)
  if (claims?.['token_use'] !== 'id' || claims['iss'] !== issuerOf(ctx.policy, opened.pool)) return undefined
  const { sub } = claims
  return typeof sub === 'string' ? { ...opened, sub } : undefined
}
