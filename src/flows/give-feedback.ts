import type { Context } from '../context.ts'
import { hasThreatProtection } from '../domain/threat-mode.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { addOnNotEnabled, notAuthorized } from '../errors.ts'
import type { FeedbackValueType } from '../model/types.gen.ts'
import { spendFeedbackToken } from './feedback-token.ts'
import { findUser } from './find-user.ts'
import { judgeEvent, openEvent } from './judge-event.ts'

/** What the reader of a notification says of an event. */
export interface Feedback {
  readonly username: string
  readonly eventId: string
  readonly token: string
  readonly value: FeedbackValueType
}

/**
 * Says for the user whether an event was the user's own; the token from the notification is good for one answer. Throws
 * NotAuthorizedException, or UserPoolAddOnNotEnabledException where no events are kept.
 * guess: a name that nobody has and a token that does not fit are refused alike, with a sentence of our own.
 */
export const giveFeedback = async (ctx: Context, pool: UserPool, { username, eventId, token, value }: Feedback): Promise<void> => {
  if (!hasThreatProtection(pool)) throw addOnNotEnabled()
  const user = await findUser(ctx, pool, username)
  const named = { poolUid: pool.uid, userId: user?.id ?? '', eventId }
  if (!(await spendFeedbackToken(ctx, named, token))) throw notAuthorized('Invalid feedback token.')
  await judgeEvent(ctx, await openEvent(ctx, pool.uid, named.userId, eventId), value, 'User')
}
