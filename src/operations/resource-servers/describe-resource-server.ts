import { managedServers } from '../../domain/dynamic-registration.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { openResourceServer } from './open-resource-server.ts'

/** A resource server with its scopes, also one that the service manages. */
export const describeResourceServer: Operation<'DescribeResourceServer'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const managed = managedServers(pool).find(({ Identifier }) => Identifier === input.Identifier)
  return { ResourceServer: managed ?? (await openResourceServer(ctx, pool, input.Identifier)) }
}
