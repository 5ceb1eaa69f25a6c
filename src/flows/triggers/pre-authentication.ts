import type { Context } from '../../context.ts'
import { hidesUserExistence } from '../../domain/app-client.ts'
import type { Attempt } from '../attempt.ts'
import { callTrigger } from './call-trigger.ts'
import { userAttributesOf } from './event-attributes.ts'

/**
 * Lets the pool's PreAuthentication function refuse a sign-in before anything is proved; what it answers is not looked at. It hears of
 * unknown users where the client hides that they are (developer guide, "Pre authentication Lambda trigger").
 */
export const preAuthentication = async (ctx: Context, attempt: Attempt): Promise<void> => {
  const { pool, client, candidate, request } = attempt
  const { user } = candidate
  await callTrigger(ctx, {
    pool,
    trigger: 'PreAuthentication',
    source: 'PreAuthentication_Authentication',
    userName: user?.username ?? candidate.typed,
    clientId: client.ClientId,
    request: {
      userAttributes: user === undefined ? {} : userAttributesOf(pool, user),
      // What came as ClientMetadata goes by another name here.
      validationData: request.clientMetadata ?? null,
      ...(hidesUserExistence(client) ? { userNotFound: user === undefined } : {}),
    },
    response: {},
  })
}
