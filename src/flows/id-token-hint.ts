import type { Context } from '../context.ts'
import type { OpenClient } from './open-client.ts'
import { openOwnToken } from './own-token.ts'

/** Whom an ID token of ours was issued for, and to which app client. */
export interface IdTokenHint extends OpenClient {
  readonly sub: string
}

/**
 * Reads an ID token that comes back as a hint; how old it is does not matter (OpenID Connect RP-Initiated Logout 1.0 section 2). Undefined for
 * anything that no pool of this server signed as an ID token for a client that is still there.
 */
export const readIdTokenHint = async (ctx: Context, token: string): Promise<IdTokenHint | undefined> => {
  const own = await openOwnToken(ctx, token, 'id')
  if (own === undefined) return undefined
  const { pool, client, claims } = own
  const { sub } = claims
  return typeof sub === 'string' ? { pool, client, sub } : undefined
}
