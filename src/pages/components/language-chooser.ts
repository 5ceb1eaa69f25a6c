import { type Html, html, nothing } from '../html.ts'
import { type Language, languageNames } from '../strings/languages.ts'
import type { Strings } from '../strings/strings.ts'
import { hiddenFields } from './hidden-fields.ts'

/** Where the page is shown in another language. */
export interface LanguageChooser {
  readonly action: string
  /** `get` unless it is given. */
  readonly method?: 'get' | 'post'
  /** What the page needs to be itself again, besides `lang`. */
  readonly hidden?: Readonly<Record<string, string | undefined>>
}

/** The list of languages; sends `lang`, with the script as soon as one is chosen and without it by a button. */
export const languageChooser = (
  { action, method = 'get', hidden = {} }: LanguageChooser,
  { language, strings }: { readonly language: Language; readonly strings: Strings },
): Html =>
  html`<form class="languages" action="${action}" method="${method}">${hiddenFields({ ...hidden, lang: undefined })}<select class="input" name="lang" aria-label="${strings.common.language}" data-send>${Object.entries(
    languageNames,
  ).map(
    ([tag, name]) => html`<option value="${tag}" lang="${tag}"${tag === language ? html` selected` : nothing}>${name}</option>`,
  )}</select><button class="button secondary small without-script" type="submit">${strings.common.changeLanguage}</button></form>`
