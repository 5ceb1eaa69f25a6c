import type { Context } from '../../context.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import type { UserSession } from '../../domain/user-session.ts'
import { CognitoError } from '../../errors.ts'
import { liveUserSessions } from '../../flows/user-sessions.ts'
import { requireTrackedSessions } from './require-tracked-sessions.ts'

/**
 * The user's live session of that id; throws ResourceNotFoundException.
 * guess: revoking a session that is not listed is refused with ResourceNotFoundException.
 */
export const requireUserSession = async (ctx: Context, pool: UserPool, user: User, id: string): Promise<UserSession> => {
  requireTrackedSessions(pool)
  const session = (await liveUserSessions(ctx, pool, user)).find((each) => each.id === id)
  if (session === undefined) throw new CognitoError('ResourceNotFoundException', 'Session not found.')
  return session
}
