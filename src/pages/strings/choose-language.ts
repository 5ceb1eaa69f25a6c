import { type Language, languageNames } from './languages.ts'

/** Where a wish for a language may stand, the strongest first. */
export interface LanguageWishes {
  /** The request's `lang` parameter. */
  readonly lang?: string | undefined
  /** Its `ui_locales`, blank-separated, where OpenID Connect rules (Core 3.1.2.1). */
  readonly uiLocales?: string | undefined
  /** What the `lang` cookie kept of an earlier choice. */
  readonly cookie?: string | undefined
  readonly acceptLanguage?: string | undefined
}

const byTag = new Map<string, Language>([
  ...(Object.keys(languageNames) as Language[]).map((language) => [language.toLowerCase(), language] as const),
  ['pt', 'pt-BR'],
  ['zh', 'zh-CN'],
  ['in', 'id'],
])
const traditional = /^zh-(?:(?:[a-z]+-)?(?:tw|hk|mo)|hant)\b/

/** The language of ours for a tag; another region's is better than none. */
export const findLanguage = (tag: string): Language | undefined => {
  const wish = tag.trim().toLowerCase().replaceAll('_', '-')
  const exact = byTag.get(wish)
  if (exact) return exact
  if (traditional.test(wish)) return 'zh-TW'
  const [primary = ''] = wish.split('-')
  return byTag.get(primary)
}

/**
 * The language of a page: what the request asks for, what was chosen before, what the browser prefers, English (developer guide,
 * "Managed login localization"; the browser's own wish is an addition of ours).
 */
export const chooseLanguage = ({ lang, uiLocales, cookie, acceptLanguage }: LanguageWishes): Language =>
  findLanguage(lang ?? '') ?? firstKnown(uiLocales ?? '') ?? findLanguage(cookie ?? '') ?? fromBrowser(acceptLanguage ?? '') ?? 'en'

const firstKnown = (tags: string): Language | undefined => tags.slice(0, longestHeader).split(' ').map(findLanguage).find(Boolean)

// Browsers send some ten entries; a header made to be slow gets no more than this either.
const longestHeader = 1000

const fromBrowser = (header: string): Language | undefined => {
  const wishes = header
    .slice(0, longestHeader)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/i.exec(parameter)?.[1]).find((found) => found !== undefined)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { tag } of wishes) {
    const language = findLanguage(tag)
    if (language) return language
  }
  return undefined
}
