import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { listedSessions } from './listed-sessions.ts'

/** A user's live sessions with every app client of the pool, newest first, on one page. */
export const adminListUserSessions: Operation<'AdminListUserSessions'> = async (ctx, { UserPoolId, Username, NextToken: nextToken }) => {
  const pool = await openPool(ctx, UserPoolId)
  return { Sessions: await listedSessions(ctx, pool, await requireUser(ctx, pool, Username), { nextToken }) }
}
