import { type Terms, termsLinksFault } from '../../domain/terms.ts'
import { concurrentModification, invalidParameter } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { openTerms, termsExist } from './open-terms.ts'

/**
 * Changes a terms document; links are replaced as a whole.
 * guess: what a request to UpdateTerms leaves out stays as it was.
 */
export const updateTerms: Operation<'UpdateTerms'> = async (ctx, input) => {
  const terms = await openTerms(ctx, await openPool(ctx, input.UserPoolId), input.TermsId)
  const { TermsName = terms.TermsName, TermsSource = terms.TermsSource, Enforcement = terms.Enforcement, Links = terms.Links } = input
  const fault = termsLinksFault(Links)
  if (fault !== undefined) throw invalidParameter(fault)
  const changed: Terms = { ...terms, TermsName, TermsSource, Enforcement, Links: { ...Links }, LastModifiedDate: ctx.clock.now() }
  const outcome = await ctx.store.terms.update(ctx.by(), changed)
  if (outcome === 'exists') throw termsExist(TermsName)
  if (outcome === 'version conflict') throw concurrentModification()
  return { Terms: changed }
}
