import { notAuthorized } from '../../errors.ts'
import { spendFeedbackToken } from '../../flows/feedback-token.ts'
import { findUser } from '../../flows/find-user.ts'
import { judgeEvent, openEvent } from '../../flows/judge-event.ts'
import type { Operation } from '../operation.ts'
import { openEventPool } from './open-event-pool.ts'

/**
 * Says for the user whether an event was the user's own; the token from the notification is good for one answer.
 * guess: a name that nobody has and a token that does not fit are refused alike, with a sentence of our own.
 */
export const updateAuthEventFeedback: Operation<'UpdateAuthEventFeedback'> = async (ctx, input) => {
  const pool = await openEventPool(ctx, input.UserPoolId)
  const user = await findUser(ctx, pool, input.Username)
  const named = { poolUid: pool.uid, userId: user?.id ?? '', eventId: input.EventId }
  if (!(await spendFeedbackToken(ctx, named, input.FeedbackToken))) throw notAuthorized('Invalid feedback token.')
  await judgeEvent(ctx, await openEvent(ctx, pool.uid, named.userId, input.EventId), input.FeedbackValue, 'User')
  return {}
}
