import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import type { RiskSettings, UserPool } from '../domain/user-pool.ts'
import { amendRecord } from './amend-record.ts'
import { amendPool } from './change-pool.ts'
import { openPoolClient } from './open-client.ts'

/** Replaces the settings of a pool; throws TooManyRequestsException while others keep changing it. */
export const setPoolRisk = (ctx: Context, poolId: string, risk: RiskSettings | undefined): Promise<UserPool> =>
  amendPool(ctx, poolId, (pool) => ({ ...pool, risk }))

/** Replaces the settings of one client; none at all make the pool's hold for it again. */
export const setClientRisk = (ctx: Context, pool: UserPool, clientId: string, risk: RiskSettings | undefined): Promise<AppClient> =>
  amendRecord(
    async () => (await openPoolClient(ctx, pool, clientId)).client,
    (client) => ({ ...client, risk, LastModifiedDate: ctx.clock.now() }),
    (client) => ctx.store.clients.update(ctx.by(), client),
  )
