import type { Context } from '../../context.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { callTrigger } from './call-trigger.ts'
import type { Sending } from './custom-message.ts'
import { clientMetadataOf, userAttributesOf } from './event-attributes.ts'

/**
 * Tells the pool's PostConfirmation function of somebody who has confirmed a sign-up or set a forgotten password. They stay confirmed when it
 * fails, although the caller then gets its error (developer guide, "Post confirmation Lambda trigger").
 */
export const postConfirmation = async (
  ctx: Context,
  pool: UserPool,
  user: User,
  occasion: 'ConfirmSignUp' | 'ConfirmForgotPassword',
  { clientId, clientMetadata }: Sending,
): Promise<void> => {
  await callTrigger(ctx, {
    pool,
    trigger: 'PostConfirmation',
    source: `PostConfirmation_${occasion}`,
    userName: user.username,
    // AdminConfirmSignUp names none, and its captured event says so.
    clientId: clientId ?? null,
    request: { userAttributes: userAttributesOf(pool, user), ...clientMetadataOf(clientMetadata) },
    response: {},
  })
}
