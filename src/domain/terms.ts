import type { TermsType } from '../model/types.gen.ts'

/** A terms document of an app client: the wire's shape and its row version. */
export interface Terms extends TermsType {
  readonly poolUid: string
  readonly clientUid: string
  readonly version: number
  readonly TermsId: string
  readonly TermsName: string
}

/** The names of the two documents that a page shows together (API_CreateTerms). */
export const termsNames = { termsOfUse: 'terms-of-use', privacyPolicy: 'privacy-policy' } as const

/** Names of languages in links by the tags that pages use (developer guide, "Managed login localization"; API_CreateTerms). */
const languages: Readonly<Record<string, string>> = {
  de: 'german',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  id: 'bahasa-indonesia',
  it: 'italian',
  ja: 'japanese',
  ko: 'korean',
  nl: 'dutch',
  'pt-BR': 'portuguese-brazil',
  'zh-CN': 'chinese-simplified',
  'zh-TW': 'chinese-traditional',
}

/** The link of a terms document for a language, or its default one (API_CreateTerms, Links). */
export const termsLink = ({ Links }: Pick<Terms, 'Links'>, language: string): string | undefined => {
  const name = Object.hasOwn(languages, language) ? languages[language] : undefined
  return (name && Links[`cognito:${name}`]) ?? Links['cognito:default']
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
