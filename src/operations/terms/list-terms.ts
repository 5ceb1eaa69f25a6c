import { openPool } from '../../flows/open-pool.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { Operation } from '../operation.ts'

/** guess: a page of ListTerms has 60 documents, the most that may be asked for, when the request names no number. */
const pageSize = 60

/** The terms documents of all app clients of a pool without their links, a page at a time. */
export const listTerms: Operation<'ListTerms'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const page = await openPage(ctx, pool.uid, '', input.NextToken, input.MaxResults ?? pageSize)
  const found = await ctx.store.terms.list(pool.uid, page)
  return { Terms: found.rows, NextToken: await sealPage(ctx, pool.uid, '', found) }
}
