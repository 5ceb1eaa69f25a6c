import { CognitoError } from '../../errors.ts'
import { requireClientSecret } from '../../flows/client-secret.ts'
import { openClient } from '../../flows/open-client.ts'
import { readRefreshToken } from '../../flows/refresh.ts'
import type { Operation } from '../operation.ts'

const unauthorized = () => new CognitoError('UnauthorizedException', 'Invalid client or secret')

/** Ends a refresh token and every token made from it. A token that is already over is no error (RFC 7009, 2.2). */
export const revokeToken: Operation<'RevokeToken'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  const { client, pool } = opened
  await requireClientSecret(ctx, client, input.ClientSecret, unauthorized)
  if (!client.EnableTokenRevocation) {
    throw new CognitoError('UnsupportedOperationException', `Token revocation is not enabled for client ${client.ClientId}`)
  }
  // Three parts are a JWT of ours: an ID or access token, which can't be revoked by itself.
  if (input.Token.split('.').length !== 5) {
    throw new CognitoError('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.')
  }
  const grant = await readRefreshToken(ctx, opened, input.Token)
  if (grant !== undefined && ctx.clock.now() < grant.expiresAt) {
    // The session's last access token can outlive the refresh token by a day at most.
    await ctx.store.revocations.revoke(ctx.by(), pool.uid, grant.originId, grant.expiresAt + 86_400_000)
  }
  return {}
}
