import { identifierFault } from '../../domain/resource-server-fault.ts'
import { invalidParameter } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { resourceServerNotFound } from './open-resource-server.ts'

/** Deletes a resource server; app clients keep its scopes, but get no token for them. */
export const deleteResourceServer: Operation<'DeleteResourceServer'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const fault = identifierFault(input.Identifier)
  if (fault !== undefined) throw invalidParameter(fault)
  const outcome = await ctx.store.resourceServers.delete(ctx.by(), pool.uid, input.Identifier)
  if (outcome === 'absent') throw resourceServerNotFound(input.Identifier)
}
