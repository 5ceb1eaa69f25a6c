import type { Context } from '../../context.ts'
import type { Terms } from '../../domain/terms.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { CognitoError } from '../../errors.ts'

/** A terms document of a pool; throws ResourceNotFoundException. */
export const openTerms = async (ctx: Context, pool: UserPool, termsId: string): Promise<Terms> => {
  const terms = await ctx.store.terms.byId(pool.uid, termsId)
  if (terms === undefined) throw termsNotFound()
  return terms
}

/** Terms that the pool or the client does not have. guess: the sentence on terms that are not there is our own. */
export const termsNotFound = (): CognitoError => new CognitoError('ResourceNotFoundException', 'Terms do not exist.')

/** A second document of one name for a client. guess: the sentence on terms that are there already is our own. */
export const termsExist = (name: string): CognitoError =>
  new CognitoError('TermsExistsException', `The app client has terms with the name ${name} already.`)
