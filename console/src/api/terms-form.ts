import { termsLinksFault } from '../../../src/domain/terms.ts'

/** Names of languages in links (API_CreateTerms), the default one first. */
export const termsLanguages = [
  'cognito:default',
  'cognito:english',
  'cognito:french',
  'cognito:spanish',
  'cognito:german',
  'cognito:bahasa-indonesia',
  'cognito:italian',
  'cognito:japanese',
  'cognito:korean',
  'cognito:portuguese-brazil',
  'cognito:chinese-simplified',
  'cognito:chinese-traditional',
  'cognito:dutch',
] as const

/** What somebody types of a terms document. */
export interface TermsForm {
  readonly clientId: string
  readonly name: string
  readonly links: readonly { readonly language: string; readonly url: string }[]
}

/** The empty form. */
export const noTerms: TermsForm = { clientId: '', name: 'terms-of-use', links: [{ language: 'cognito:default', url: '' }] }

/** The form of a document. */
export const formOfLinks = (links: Readonly<Record<string, string>>): TermsForm['links'] =>
  termsLanguages.flatMap((language) => (links[language] === undefined ? [] : [{ language, url: links[language] }]))

/** The links as the API takes them. */
export const linksOf = ({ links }: TermsForm): Record<string, string> =>
  Object.fromEntries(links.map(({ language, url }) => [language, url.trim()]))

/** What is wrong with the form, as a sentence. */
export const termsFault = (form: TermsForm): string | undefined => {
  if (form.clientId === '') return 'Choose an app client.'
  if (new Set(form.links.map(({ language }) => language)).size < form.links.length) return 'A language has two links.'
  return termsLinksFault(linksOf(form))
}
