/** The languages that the hosted pages speak, by their tags (BCP 47); they are published where `strict-oidc` is on. */
export const pageLanguages = [
  'id',
  'de',
  'en',
  'es',
  'fr',
  'it',
  'nl',
  'pl',
  'pt-BR',
  'sv',
  'tr',
  'ar',
  'zh-CN',
  'zh-TW',
  'ja',
  'ko',
] as const

/** One of them. */
export type PageLanguage = (typeof pageLanguages)[number]
