import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { liveUserSessions } from '../../flows/user-sessions.ts'
import type { Operation } from '../operation.ts'
import { describedSession } from './described-session.ts'
import { requireTrackedSessions } from './require-tracked-sessions.ts'

/** A user's live sessions with every app client of the pool, newest first, on one page. */
export const adminListUserSessions: Operation<'AdminListUserSessions'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  requireTrackedSessions(pool)
  const sessions = await liveUserSessions(ctx, pool, await requireUser(ctx, pool, input.Username))
  return { Sessions: sessions.map((session) => describedSession(session)) }
}
