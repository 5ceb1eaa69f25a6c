import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { endSignIn } from '../../flows/user-sessions.ts'
import type { Operation } from '../operation.ts'
import { requireUserSession } from './require-user-session.ts'

/** Ends a session of a user with all of its tokens. */
export const adminRevokeUserSession: Operation<'AdminRevokeUserSession'> = async (ctx, { UserPoolId, Username, SessionId: sessionId }) => {
  const pool = await openPool(ctx, UserPoolId)
  const session = await requireUserSession(ctx, pool, await requireUser(ctx, pool, Username), sessionId)
  await endSignIn(ctx, pool.uid, { ...session, sessionId })
  return {}
}
