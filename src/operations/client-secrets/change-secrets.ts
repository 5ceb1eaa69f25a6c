import type { Context } from '../../context.ts'
import type { AppClient, SealedClientSecret } from '../../domain/app-client.ts'
import { tooManyRequests } from '../../errors.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'

const triesAtMost = 5

/** Replaces a client's secrets by what `change` makes of them; reads again while others change the client at the same time. */
export const changeSecrets = async (
  ctx: Context,
  poolId: string,
  clientId: string,
  change: (client: AppClient) => Promise<readonly SealedClientSecret[]>,
): Promise<readonly SealedClientSecret[]> => {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const { client } = await openPoolClient(ctx, await openPool(ctx, poolId), clientId)
    const secrets = await change(client)
    const changed = { ...client, secrets, LastModifiedDate: ctx.clock.now() }
    if ((await ctx.store.clients.update(ctx.by(), changed)) === 'updated') return secrets
  }
  throw tooManyRequests()
}
