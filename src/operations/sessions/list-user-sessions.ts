import { openAccessToken } from '../../flows/access-token.ts'
import type { Operation } from '../operation.ts'
import { listedSessions } from './listed-sessions.ts'

/** The caller's live sessions with every app client of the pool, newest first, on one page. */
export const listUserSessions: Operation<'ListUserSessions'> = async (request, { AccessToken, NextToken: nextToken }) => {
  const { ctx, pool, user, originId } = await openAccessToken(request, AccessToken)
  return { Sessions: await listedSessions(ctx, pool, user, { nextToken, currentOrigin: originId }) }
}
