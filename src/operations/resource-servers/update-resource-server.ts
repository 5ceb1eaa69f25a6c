import { resourceServerFault } from '../../domain/resource-server-fault.ts'
import { invalidParameter, tooManyRequests } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { openResourceServer } from './open-resource-server.ts'

/** Replaces a resource server's name and scopes; app clients keep scopes that are gone, but get no token for them. */
export const updateResourceServer: Operation<'UpdateResourceServer'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const fault = resourceServerFault(input.Scopes)
  if (fault !== undefined) throw invalidParameter(fault)
  const server = await openResourceServer(ctx, pool, input.Identifier)
  const changed = { ...server, Name: input.Name, Scopes: input.Scopes }
  if ((await ctx.store.resourceServers.update(ctx.by(), changed)) === 'version conflict') throw tooManyRequests()
  return { ResourceServer: changed }
}
