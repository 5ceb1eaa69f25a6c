import type { Context } from '../../context.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { invalidParameter } from '../../errors.ts'
import { liveUserSessions } from '../../flows/user-sessions.ts'
import type { SessionDescriptionType } from '../../model/types.gen.ts'
import { describedSession } from './described-session.ts'
import { requireTrackedSessions } from './require-tracked-sessions.ts'

/** What shapes the list besides the user. */
interface ListRequest {
  readonly nextToken: string | undefined
  /** What the tokens of the caller's own session share. */
  readonly currentOrigin?: string | undefined
}

/** All live sessions of a user, newest first; a page token was never handed out, so none is good. */
export const listedSessions = async (
  ctx: Context,
  pool: UserPool,
  user: User,
  { nextToken, currentOrigin }: ListRequest,
): Promise<SessionDescriptionType[]> => {
  requireTrackedSessions(pool)
  if (nextToken !== undefined) throw invalidParameter('Invalid pagination token given.')
  return (await liveUserSessions(ctx, pool, user)).map((session) => describedSession(session, currentOrigin))
}
