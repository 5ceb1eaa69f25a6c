import { ar } from './ar.ts'
import type { Catalogue } from './catalogue.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import type { Phrase } from './fill.ts'
import { fr } from './fr.ts'
import { id } from './id.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import type { Language } from './languages.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { ptBr } from './pt-br.ts'
import { sv } from './sv.ts'
import { tr } from './tr.ts'
import { zhCn } from './zh-cn.ts'
import { zhTw } from './zh-tw.ts'

type English = typeof en
type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never
type Said<Text extends string> = [Places<Text>] extends [never] ? string : Phrase<Places<Text>>

/** Everything that the pages say in one language: texts, and phrases that `fill` completes. */
export type Strings = {
  readonly [Group in keyof English]: {
    readonly [Key in keyof English[Group]]: English[Group][Key] extends string ? Said<English[Group][Key]> : never
  }
}

/** All catalogues; tests see to it that a text has the same places in every language. */
export const catalogues: Readonly<Record<Language, Catalogue>> = {
  id,
  de,
  en,
  es,
  fr,
  it,
  nl,
  pl,
  'pt-BR': ptBr,
  sv,
  tr,
  ar,
  'zh-CN': zhCn,
  'zh-TW': zhTw,
  ja,
  ko,
}

/** What the pages say in a language. */
export const stringsFor = (language: Language): Strings => catalogues[language] as unknown as Strings
