import { updatedAppClientSettings } from '../../domain/app-client-config.ts'
import { changedClientIdFault, chosenClientId } from '../../domain/chosen-client-id.ts'
import { concurrentModification, invalidParameter } from '../../errors.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedClient } from './described-client.ts'
import { requireSoundClient } from './require-sound-client.ts'

/** Replaces an app client's settings; what the request leaves out goes back to its default. Secrets stay. */
export const updateUserPoolClient: Operation<'UpdateUserPoolClient'> = async (ctx, input) => {
  const { pool, client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  await requireSoundClient(ctx, input, { pool, hasSecret: client.secrets.length > 0, use: 'updating', client })
  const renamed = changedClientIdFault(client.ClientId, input.ClientName)
  if (renamed !== undefined) throw invalidParameter(renamed)
  const ClientName = input.ClientName && (chosenClientId(input.ClientName) ?? input.ClientName)
  const changed = { ...client, ...updatedAppClientSettings(client, { ...input, ClientName }), LastModifiedDate: ctx.clock.now() }
  if ((await ctx.store.clients.update(ctx.by(), changed)) === 'version conflict') throw concurrentModification()
  return { UserPoolClient: await describedClient(ctx, changed) }
}
