import type { Context } from '../context.ts'
import { termsLink, termsNames } from '../domain/terms.ts'
import type { OpenClient } from './open-client.ts'

/** Where a client's terms documents are in one language. */
export interface TermsLinks {
  readonly termsOfUse: string
  readonly privacyPolicy: string
}

/** The links to a client's terms for a page in a language (`pt-BR`); undefined unless it has both documents (developer guide, "Terms documents"). */
export const termsOf = async (ctx: Context, { client, pool }: OpenClient, language: string): Promise<TermsLinks | undefined> => {
  const [termsOfUse, privacyPolicy] = await Promise.all(
    [termsNames.termsOfUse, termsNames.privacyPolicy].map(async (name) => {
      const terms = await ctx.store.terms.byName(pool.uid, client.uid, name)
      return terms && termsLink(terms, language)
    }),
  )
  return termsOfUse !== undefined && privacyPolicy !== undefined ? { termsOfUse, privacyPolicy } : undefined
}
