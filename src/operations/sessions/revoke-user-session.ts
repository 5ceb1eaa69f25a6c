import { invalidParameter } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { endUserSession } from '../../flows/user-sessions.ts'
import type { Operation } from '../operation.ts'
import { requireUserSession } from './require-user-session.ts'

/**
 * Ends another session of the caller, a sign-in with all of its tokens or the login of a browser, and those linked to it where they go with
 * it. guess: that a session can't revoke itself is documented, and the error, InvalidParameterException, is ours. guess: the caller's own
 * session is ended too where it is linked to the SSO session that the caller revokes.
 */
export const revokeUserSession: Operation<'RevokeUserSession'> = async (request, input) => {
  const { ctx, pool, user, originId } = await openAccessToken(request, input.AccessToken)
  const session = await requireUserSession(ctx, pool, user, input.SessionId)
  if (session.originId === originId) throw invalidParameter('The session of the access token cannot be revoked with it.')
  await endUserSession(ctx, session, input.RevokeAssociatedSessions)
  return {}
}
