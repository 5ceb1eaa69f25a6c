import type { Catalogue } from './catalogue.ts'
import { en } from './en.ts'
import type { Phrase } from './fill.ts'
import type { Language } from './languages.ts'

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
export const catalogues: Readonly<Record<Language, Catalogue>> = { en } as never

/** What the pages say in a language. */
export const stringsFor = (language: Language): Strings => catalogues[language] as unknown as Strings
