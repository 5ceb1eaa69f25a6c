import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { openTerms } from './open-terms.ts'

/** A terms document with its links, by its id. */
export const describeTerms: Operation<'DescribeTerms'> = async (ctx, input) => ({
  Terms: await openTerms(ctx, await openPool(ctx, input.UserPoolId), input.TermsId),
})
