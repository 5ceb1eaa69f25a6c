import type { Context } from '../context.ts'
import type { AuthEvent } from '../domain/auth-event.ts'
import { CognitoError } from '../errors.ts'
import type { FeedbackValueType } from '../model/types.gen.ts'

const eventNotFound = () => new CognitoError('ResourceNotFoundException', 'The authentication event does not exist.')

/** The event of the user; throws ResourceNotFoundException. */
export const openEvent = async (ctx: Context, poolUid: string, userId: string, eventId: string): Promise<AuthEvent> => {
  const event = await ctx.store.authEvents.byId(poolUid, userId, eventId)
  if (event === undefined) throw eventNotFound()
  return event
}

/** Keeps what somebody says of an event; the rules of risk read it from the next sign-in on. */
export const judgeEvent = async (ctx: Context, event: AuthEvent, value: FeedbackValueType, provider: 'Admin' | 'User'): Promise<void> => {
  const EventFeedback = { FeedbackValue: value, Provider: provider, FeedbackDate: ctx.clock.now() }
  if ((await ctx.store.authEvents.judge(ctx.by(), { ...event, EventFeedback })) === 'absent') throw eventNotFound()
}
