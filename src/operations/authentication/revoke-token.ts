import { CognitoError } from '../../errors.ts'
import { requireClientSecret } from '../../flows/client-secret.ts'
import { revokeRefreshToken } from '../../flows/revoke-refresh-token.ts'
import type { Operation } from '../operation.ts'

// guess: an unknown client or a wrong secret answers UnauthorizedException, because RevokeToken lists no other error that fits.
const unauthorized = () => new CognitoError('UnauthorizedException', 'Invalid client or secret')

/** Ends a refresh token and everything that came of it; a token that is over, or not the client's, is no error. */
export const revokeToken: Operation<'RevokeToken'> = async (ctx, input) => {
  const opened = await ctx.store.clients.recentByClientId(input.ClientId)
  if (opened === undefined) throw unauthorized()
  const { client } = opened
  await requireClientSecret(ctx, client, input.ClientSecret, unauthorized)
  const outcome = await revokeRefreshToken(ctx, opened, input.Token, input.RevokeAssociatedSessions)
  if (outcome === 'not enabled') {
    throw new CognitoError('UnsupportedOperationException', `Token revocation is not enabled for client ${client.ClientId}`)
  }
  if (outcome === 'no refresh token') throw new CognitoError('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.')
  return {}
}
