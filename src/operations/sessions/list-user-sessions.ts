import { openAccessToken } from '../../flows/access-token.ts'
import { liveUserSessions } from '../../flows/user-sessions.ts'
import type { Operation } from '../operation.ts'
import { describedSession } from './described-session.ts'
import { requireTrackedSessions } from './require-tracked-sessions.ts'

/** The caller's live sessions with every app client of the pool, newest first, on one page. */
export const listUserSessions: Operation<'ListUserSessions'> = async (request, input) => {
  const { ctx, pool, user, originId } = await openAccessToken(request, input.AccessToken)
  requireTrackedSessions(pool)
  const sessions = await liveUserSessions(ctx, pool, user)
  return { Sessions: sessions.map((session) => describedSession(session, originId)) }
}
