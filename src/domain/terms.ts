import type { TermsType } from '../model/types.gen.ts'

/** A terms document of an app client: the wire's shape and its row version. */
export interface Terms extends TermsType {
  readonly poolUid: string
  readonly clientUid: string
  readonly version: number
  readonly TermsId: string
  readonly TermsName: string
}

/**
 * Why the links of a terms document are refused (InvalidParameterException): browsers get them as they are.
 * guess: links to terms must be http or https URLs, must include cognito:default, and the sentences about that are our own.
 */
export const termsLinksFault = (links: Readonly<Record<string, string>>): string | undefined => {
  if (links['cognito:default'] === undefined) return 'Links must have a URL for cognito:default.'
  const wrong = Object.entries(links).find(([, url]) => !/^https?:\/\/[^/?#]/i.test(url) || !URL.canParse(url))
  return wrong === undefined ? undefined : `The link for ${wrong[0]} must be an http or https URL.`
}
