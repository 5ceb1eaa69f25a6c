import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { openTerms, termsNotFound } from './open-terms.ts'

/** Deletes a terms document. */
export const deleteTerms: Operation<'DeleteTerms'> = async (ctx, input) => {
  const terms = await openTerms(ctx, await openPool(ctx, input.UserPoolId), input.TermsId)
  if ((await ctx.store.terms.delete(ctx.by(), terms)) === 'absent') throw termsNotFound()
}
