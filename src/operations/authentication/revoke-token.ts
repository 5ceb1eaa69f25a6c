import { parseJwt } from '../../crypto/jwt.ts'
import { CognitoError } from '../../errors.ts'
import { requireClientSecret } from '../../flows/client-secret.ts'
import { readRefreshToken } from '../../flows/refresh-grant.ts'
import { endOfTokens, endSignIn } from '../../flows/user-sessions.ts'
import type { Operation } from '../operation.ts'

// guess: an unknown client or a wrong secret answers UnauthorizedException, because RevokeToken lists no other error that fits.
const unauthorized = () => new CognitoError('UnauthorizedException', 'Invalid client or secret')

/**
 * Ends a refresh token, those that it was rotated into, and every token made from them. A token that is over, or that no sign-in of this
 * client made, is no error (RFC 7009, 2.2; developer guide, "The token revocation endpoint").
 */
export const revokeToken: Operation<'RevokeToken'> = async (ctx, input) => {
  const opened = await ctx.store.clients.byClientId(input.ClientId)
  if (opened === undefined) throw unauthorized()
  const { client, pool } = opened
  await requireClientSecret(ctx, client, input.ClientSecret, unauthorized)
  if (!client.EnableTokenRevocation) {
    throw new CognitoError('UnsupportedOperationException', `Token revocation is not enabled for client ${client.ClientId}`)
  }
  if (parseJwt(input.Token) !== undefined) {
    // An ID or access token can't be revoked by itself.
    throw new CognitoError('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.')
  }
  const grant = await readRefreshToken(ctx, opened, input.Token)
  if (grant !== undefined && ctx.clock.now() < endOfTokens(grant)) await endSignIn(ctx, pool.uid, grant)
  return {}
}
