import type { FeedbackValueType } from '../model/types.gen.ts'
import { poolUrl } from './pool-url.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

/** The event that a link is about, and the token that lets its reader judge it. */
interface Judgeable {
  readonly clientId: string
  readonly user: Pick<User, 'username'>
  readonly eventId: string
  readonly token: string
}

/**
 * The page where a user says whether a sign-in was the user's own. guess: AWS does not tell what its one-click links look like; ours name
 * what UpdateAuthEventFeedback takes, lead to a page that asks before it sends, and to the server's own address where the pool has no domain.
 */
export const feedbackLink = (
  publicUrl: string,
  pool: UserPool,
  { clientId, user, eventId, token }: Judgeable,
  value: FeedbackValueType,
): string => {
  const query = new URLSearchParams({
    client_id: clientId,
    user_name: user.username,
    event_id: eventId,
    feedback_token: token,
    feedback_value: value,
  })
  return `${poolUrl(publicUrl, pool)}/feedback?${query}`
}
