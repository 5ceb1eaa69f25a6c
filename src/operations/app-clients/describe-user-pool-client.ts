import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedClient } from './described-client.ts'

/** An app client with its settings and its secret. */
export const describeUserPoolClient: Operation<'DescribeUserPoolClient'> = async (ctx, input) => {
  const { client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  return { UserPoolClient: await describedClient(ctx, client) }
}
