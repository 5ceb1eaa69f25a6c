import type { PageLanguage } from '../../domain/page-languages.ts'

/** The languages of the pages by their tags (BCP 47), each by the name that its speakers give it; the order of the language chooser. */
export const languageNames = {
  id: 'Bahasa Indonesia',
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  nl: 'Nederlands',
  pl: 'Polski',
  'pt-BR': 'Português (Brasil)',
  sv: 'Svenska',
  tr: 'Türkçe',
  ar: 'العربية',
  'zh-CN': '中文（简体）',
  'zh-TW': '中文（繁體）',
  ja: '日本語',
  ko: '한국어',
} as const satisfies Record<PageLanguage, string>

/** A language that the pages speak. */
export type Language = PageLanguage

/** Whether the language is written from right to left. */
export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')
