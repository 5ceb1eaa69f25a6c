import type { AppClient } from '../../domain/app-client.ts'
import { newAppClientSettings } from '../../domain/app-client-config.ts'
import { newClientId } from '../../domain/ids.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

export const createUserPoolClient: Operation<'CreateUserPoolClient'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const now = ctx.clock.now()
  const client: AppClient = {
    ...newAppClientSettings(input),
    UserPoolId: pool.Id,
    ClientId: newClientId(ctx.random.below),
    CreationDate: now,
    LastModifiedDate: now,
    uid: ctx.random.uuid(),
    poolUid: pool.uid,
    version: 1,
    secrets: [],
  }
  await ctx.store.clients.create(ctx.by(), client, 1000)
  return { UserPoolClient: client }
}
