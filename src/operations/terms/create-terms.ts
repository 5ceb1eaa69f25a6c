import { termsPerPool } from '../../domain/quotas.ts'
import { type Terms, termsLinksFault } from '../../domain/terms.ts'
import { invalidParameter, limitExceeded } from '../../errors.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { termsExist } from './open-terms.ts'

/** Gives an app client a terms document: links in up to 13 languages. */
export const createTerms: Operation<'CreateTerms'> = async (ctx, input) => {
  const { pool, client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  const { TermsName, TermsSource, Enforcement, Links = {} } = input
  const fault = termsLinksFault(Links)
  if (fault !== undefined) throw invalidParameter(fault)
  const now = ctx.clock.now()
  const terms: Terms = {
    poolUid: pool.uid,
    clientUid: client.uid,
    version: 1,
    TermsId: ctx.random.uuid(),
    UserPoolId: pool.Id,
    ClientId: client.ClientId,
    TermsName,
    TermsSource,
    Enforcement,
    Links: { ...Links },
    CreationDate: now,
    LastModifiedDate: now,
  }
  const outcome = await ctx.store.terms.create(ctx.by(), terms, termsPerPool)
  if (outcome === 'exists') throw termsExist(TermsName)
  if (outcome === 'too many') throw limitExceeded(`The user pool has ${termsPerPool} terms documents already.`)
  return { Terms: terms }
}
