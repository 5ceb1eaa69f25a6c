import { giveFeedback } from '../../flows/give-feedback.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Says for the user whether an event was the user's own; the token from the notification is good for one answer. */
export const updateAuthEventFeedback: Operation<'UpdateAuthEventFeedback'> = async (ctx, input) => {
  await giveFeedback(ctx, await openPool(ctx, input.UserPoolId), {
    username: input.Username,
    eventId: input.EventId,
    token: input.FeedbackToken,
    value: input.FeedbackValue,
  })
  return {}
}
