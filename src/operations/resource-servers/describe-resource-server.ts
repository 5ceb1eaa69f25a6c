import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { openResourceServer } from './open-resource-server.ts'

/** A resource server with its scopes. */
export const describeResourceServer: Operation<'DescribeResourceServer'> = async (ctx, input) => ({
  ResourceServer: await openResourceServer(ctx, await openPool(ctx, input.UserPoolId), input.Identifier),
})
