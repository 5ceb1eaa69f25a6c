import { identifierFault, resourceServerFault } from '../../domain/resource-server-fault.ts'
import { invalidParameter } from '../../errors.ts'
import { amendRecord } from '../../flows/amend-record.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { openResourceServer } from './open-resource-server.ts'

/** Replaces a resource server's name and scopes; app clients keep scopes that are gone, but get no token for them. */
export const updateResourceServer: Operation<'UpdateResourceServer'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const fault = identifierFault(input.Identifier) ?? resourceServerFault(input.Scopes)
  if (fault !== undefined) throw invalidParameter(fault)
  const changed = await amendRecord(
    () => openResourceServer(ctx, pool, input.Identifier),
    (server) => ({ ...server, Name: input.Name, Scopes: input.Scopes }),
    (server) => ctx.store.resourceServers.update(ctx.by(), server),
  )
  return { ResourceServer: changed }
}
