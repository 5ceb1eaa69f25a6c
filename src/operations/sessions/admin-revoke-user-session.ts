import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { endUserSession } from '../../flows/user-sessions.ts'
import type { Operation } from '../operation.ts'
import { requireUserSession } from './require-user-session.ts'

/** Ends a session of a user, a sign-in with all of its tokens or the login of a browser, and those linked to it where they go with it. */
export const adminRevokeUserSession: Operation<'AdminRevokeUserSession'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const session = await requireUserSession(ctx, pool, await requireUser(ctx, pool, input.Username), input.SessionId)
  await endUserSession(ctx, session, input.RevokeAssociatedSessions)
  return {}
}
