import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { termsNotFound } from './open-terms.ts'

/** A terms document with its links, by its app client and name. */
export const describeTermsByClient: Operation<'DescribeTermsByClient'> = async (ctx, input) => {
  const { pool, client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  const Terms = await ctx.store.terms.byName(pool.uid, client.uid, input.TermsName)
  if (Terms === undefined) throw termsNotFound()
  return { Terms }
}
