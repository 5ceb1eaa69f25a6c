import type { Context } from '../../context.ts'
import type { AppClient, SealedClientSecret } from '../../domain/app-client.ts'
import { invalidParameter } from '../../errors.ts'
import { amendRecord } from '../../flows/amend-record.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'

/**
 * Throws for a client that registered itself: it has the secret that it was told, and no operation on secrets (UserPoolClientType, ClientType).
 * guess: operations on the secrets of a registered client are refused with InvalidParameterException, in our own words.
 */
export const requireChangeableSecrets = ({ ClientType }: AppClient): void => {
  if (ClientType === 'DCR')
    throw invalidParameter('Client secret operations are not supported for app clients of dynamic client registration.')
}

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
    async (client) => {
      requireChangeableSecrets(client)
      return { ...client, secrets: await change(client), LastModifiedDate: ctx.clock.now() }
    },
    (client) => ctx.store.clients.update(ctx.by(), client),
  )
  return secrets
}
