import { resourceServersPerPool } from '../../domain/quotas.ts'
import type { ResourceServer } from '../../domain/resource-server.ts'
import { identifierFault, resourceServerFault } from '../../domain/resource-server-fault.ts'
import { invalidParameter, limitExceeded } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Creates a resource server with its scopes. */
export const createResourceServer: Operation<'CreateResourceServer'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const { Identifier, Name, Scopes } = input
  const fault = identifierFault(Identifier) ?? resourceServerFault(Scopes)
  if (fault !== undefined) throw invalidParameter(fault)
  const server: ResourceServer = { poolUid: pool.uid, version: 1, UserPoolId: pool.Id, Identifier, Name, Scopes }
  const outcome = await ctx.store.resourceServers.create(ctx.by(), server, resourceServersPerPool)
  if (outcome === 'identifier taken') throw invalidParameter(`${Identifier} already exists in user pool ${pool.Id}.`)
  if (outcome === 'too many') throw limitExceeded(`The user pool has ${resourceServersPerPool} resource servers already.`)
  return { ResourceServer: server }
}
