import type { Context } from '../../context.ts'
import type { ResourceServer } from '../../domain/resource-server.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { CognitoError } from '../../errors.ts'

/** A resource server of a pool; throws ResourceNotFoundException. */
export const openResourceServer = async (ctx: Context, pool: UserPool, identifier: string): Promise<ResourceServer> => {
  const server = await ctx.store.resourceServers.byIdentifier(pool.uid, identifier)
  if (server === undefined) throw resourceServerNotFound(identifier)
  return server
}

/** A resource server that the pool does not have. */
export const resourceServerNotFound = (identifier: string): CognitoError =>
  new CognitoError('ResourceNotFoundException', `Resource server ${identifier} does not exist.`)
