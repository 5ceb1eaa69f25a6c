import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import type { AppClientSettings } from '../domain/app-client-config.ts'
import { clientsPerPool } from '../domain/quotas.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { sealClientSecret } from './client-secrets.ts'

/** An app client that is about to be made. */
export interface NewAppClient {
  readonly ClientId: string
  readonly settings: AppClientSettings
  /** Undefined for a public client. */
  readonly secret: string | undefined
  /** Set for a client that registered itself. */
  readonly ClientType?: 'DCR'
}

/** Makes an app client in a pool; answers why not where its id is taken or the pool has as many as it can. */
export const addAppClient = async (
  ctx: Context,
  pool: UserPool,
  { ClientId, settings, secret, ClientType }: NewAppClient,
): Promise<AppClient | 'id taken' | 'too many'> => {
  const now = ctx.clock.now()
  const identity = { uid: ctx.random.uuid(), poolUid: pool.uid, ClientId }
  const client: AppClient = {
    ...settings,
    ...identity,
    ...(ClientType && { ClientType }),
    UserPoolId: pool.Id,
    CreationDate: now,
    LastModifiedDate: now,
    version: 1,
    secrets: secret === undefined ? [] : [{ ...(await sealClientSecret(ctx, identity, secret)), original: true }],
  }
  const outcome = await ctx.store.clients.create(ctx.by(), client, clientsPerPool)
  return outcome === 'created' ? client : outcome
}
