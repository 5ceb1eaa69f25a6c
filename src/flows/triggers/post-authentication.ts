import type { Context } from '../../context.ts'
import type { KnownAttempt } from '../attempt.ts'
import { callTrigger } from './call-trigger.ts'
import { clientMetadataOf, userAttributesOf } from './event-attributes.ts'

/**
 * Tells the pool's PostAuthentication function of somebody who has proved everything and has no tokens yet; an error from it refuses them.
 * The ClientMetadata of the operation that began the sign-in does not reach it (developer guide, "Post authentication Lambda trigger").
 */
export const postAuthentication = async (ctx: Context, attempt: KnownAttempt, newDeviceUsed: boolean): Promise<void> => {
  const { pool, client, user, request } = attempt
  await callTrigger(ctx, {
    pool,
    trigger: 'PostAuthentication',
    source: 'PostAuthentication_Authentication',
    userName: user.username,
    clientId: client.ClientId,
    request: {
      userAttributes: userAttributesOf(user),
      newDeviceUsed,
      ...clientMetadataOf(request.clientMetadata),
    },
    response: {},
  })
}
