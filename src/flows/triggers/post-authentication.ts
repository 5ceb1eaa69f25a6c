import type { Context } from '../../context.ts'
import type { User } from '../../domain/user.ts'
import type { KnownAttempt } from '../attempt.ts'
import { callTrigger } from './call-trigger.ts'
import { clientMetadataOf, userAttributesOf } from './event-attributes.ts'

/**
 * Tells the pool's PostAuthentication function of somebody who has proved everything and has no tokens yet; an error from it refuses them.
 * The ClientMetadata of the operation that began the sign-in does not reach it (developer guide, "Post authentication Lambda trigger").
 * guess: PostAuthentication hears the status before a new password also where a second factor comes after that, and RESET_REQUIRED like
 * FORCE_CHANGE_PASSWORD.
 */
export const postAuthentication = async (ctx: Context, attempt: KnownAttempt, newDeviceUsed: boolean): Promise<void> => {
  const { pool, client, user, progress, request } = attempt
  // Functions know a first sign-in by the status that it began with.
  const before: User = { ...user, status: progress.statusBefore ?? user.status }
  await callTrigger(ctx, {
    pool,
    trigger: 'PostAuthentication',
    source: 'PostAuthentication_Authentication',
    userName: user.username,
    clientId: client.ClientId,
    request: {
      userAttributes: userAttributesOf(pool, before),
      newDeviceUsed,
      ...clientMetadataOf(request.clientMetadata),
    },
    response: {},
  })
}
