import type { Context } from '../context.ts'
import { parseJwt } from '../crypto/jwt.ts'
import type { OpenClient } from './open-client.ts'
import { readRefreshToken } from './refresh-grant.ts'
import { type Associated, endLinkedLogin, endOfTokens, endSignIn } from './user-sessions.ts'

/**
 * Ends a refresh token, those that it was rotated into, and every token made from them; where linked sessions go with it, the login session
 * that it came through too. A token that is over, or that no sign-in of this client made, is no error (RFC 7009, 2.2; developer guide, "The
 * token revocation endpoint").
 */
export const revokeRefreshToken = async (
  ctx: Context,
  opened: OpenClient,
  token: string,
  associated?: Associated,
): Promise<'done' | 'not enabled' | 'no refresh token'> => {
  if (!opened.client.EnableTokenRevocation) return 'not enabled'
  // An ID or access token can't be revoked by itself.
  if (parseJwt(token) !== undefined) return 'no refresh token'
  const grant = await readRefreshToken(ctx, opened, token)
  if (grant === undefined || ctx.clock.now() >= endOfTokens(grant)) return 'done'
  await endSignIn(ctx, opened.pool.uid, grant)
  await endLinkedLogin(ctx, opened.pool.uid, grant, associated, opened.client.ClientId)
  return 'done'
}
