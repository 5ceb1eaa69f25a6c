import { invalidParameter } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { endSignIn } from '../../flows/user-sessions.ts'
import type { Operation } from '../operation.ts'
import { requireUserSession } from './require-user-session.ts'

/**
 * Ends another session of the caller. Sessions of API sign-ins came through no SSO session, so RevokeAssociatedSessions adds nothing.
 * guess: that a session can't revoke itself is documented, and the error, InvalidParameterException, is ours.
 */
export const revokeUserSession: Operation<'RevokeUserSession'> = async (request, { AccessToken, SessionId: sessionId }) => {
  const { ctx, pool, user, originId } = await openAccessToken(request, AccessToken)
  const session = await requireUserSession(ctx, pool, user, sessionId)
  if (session.originId === originId) throw invalidParameter('The session of the access token cannot be revoked with it.')
  await endSignIn(ctx, pool.uid, { ...session, sessionId })
  return {}
}
