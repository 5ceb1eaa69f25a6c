import type { AuthEvent } from '../../domain/auth-event.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { AuthEventType } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'
import { openEventPool } from './open-event-pool.ts'

const mostEvents = 60

const shown = ({ poolUid: _pool, userId: _user, trace: _trace, ...event }: AuthEvent): AuthEventType => event

/** A user's history, newest first; 60 events where no number, or zero, is asked for. */
export const adminListUserAuthEvents: Operation<'AdminListUserAuthEvents'> = async (ctx, input) => {
  const pool = await openEventPool(ctx, input.UserPoolId)
  const user = await requireUser(ctx, pool, input.Username)
  const page = await openPage(ctx, pool.uid, user.id, input.NextToken, input.MaxResults || mostEvents)
  const events = await ctx.store.authEvents.list(pool.uid, user.id, page)
  return { AuthEvents: events.rows.map(shown), NextToken: await sealPage(ctx, pool.uid, user.id, events) }
}
