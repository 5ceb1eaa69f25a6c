import { requireUser } from '../../flows/find-user.ts'
import { judgeEvent, openEvent } from '../../flows/judge-event.ts'
import type { Operation } from '../operation.ts'
import { openEventPool } from './open-event-pool.ts'

/** Says for the operator whether an event was the user's own. */
export const adminUpdateAuthEventFeedback: Operation<'AdminUpdateAuthEventFeedback'> = async (ctx, input) => {
  const pool = await openEventPool(ctx, input.UserPoolId)
  const user = await requireUser(ctx, pool, input.Username)
  await judgeEvent(ctx, await openEvent(ctx, pool.uid, user.id, input.EventId), input.FeedbackValue, 'Admin')
  return {}
}
