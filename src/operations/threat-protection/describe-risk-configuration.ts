import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { riskConfiguration } from './risk-configuration.ts'

/**
 * The settings of a pool, or those of a client alone.
 * guess: for a client that inherits the pool's settings DescribeRiskConfiguration answers the ids without any.
 */
export const describeRiskConfiguration: Operation<'DescribeRiskConfiguration'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const holder = input.ClientId === undefined ? pool : (await openPoolClient(ctx, pool, input.ClientId)).client
  return { RiskConfiguration: riskConfiguration(pool.Id, input.ClientId, holder.risk) }
}
