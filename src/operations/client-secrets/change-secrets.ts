import type { Context } from '../../context.ts'
import type { AppClient, SealedClientSecret } from '../../domain/app-client.ts'
import { amendRecord } from '../../flows/amend-record.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'

/** Replaces a client's secrets by what `change` makes of them; reads again while others change the client at the same time. */
export const changeSecrets = async (
  ctx: Context,
  poolId: string,
  clientId: string,
  change: (client: AppClient) => Promise<readonly SealedClientSecret[]>,
): Promise<readonly SealedClientSecret[]> => {
  const pool = await openPool(ctx, poolId)
  const { secrets } = await amendRecord(
    async () => (await openPoolClient(ctx, pool, clientId)).client,
    async (client) => ({ ...client, secrets: await change(client), LastModifiedDate: ctx.clock.now() }),
    (client) => ctx.store.clients.update(ctx.by(), client),
  )
  return secrets
}
