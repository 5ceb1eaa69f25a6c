import { clientSessionSettings, sessionTierFault } from '../../domain/session-settings.ts'
import { CognitoError, concurrentModification } from '../../errors.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { requireTrackedSessions } from './require-tracked-sessions.ts'

/** Sets how long the app client signs people in silently; kept, without effect, while the pool tracks no sessions. */
export const setUserPoolClientSessionConfiguration: Operation<'SetUserPoolClientSessionConfiguration'> = async (ctx, input) => {
  const { pool, client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  const tier = sessionTierFault(pool.UserPoolTier)
  if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
  requireTrackedSessions(pool)
  const changed = { ...client, ssoSession: input.SSOSession, LastModifiedDate: ctx.clock.now() }
  if ((await ctx.store.clients.update(ctx.by(), changed)) === 'version conflict') throw concurrentModification()
  return { UserPoolId: pool.Id, ClientId: client.ClientId, SSOSession: clientSessionSettings(changed) }
}
