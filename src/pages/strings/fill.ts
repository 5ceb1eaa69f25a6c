import { type Html, html, type Value } from '../html.ts'

declare const placeholders: unique symbol

/** A text with places such as `{name}` in it, which can't stand on a page before they are filled. */
export interface Phrase<Name extends string> {
  readonly [placeholders]: Name
}

const place = /\{(\w+)\}/

/** The text with a value at every place. */
export const fill = <Name extends string>(phrase: Phrase<Name>, values: Readonly<Record<Name, string | number>>): string =>
  partsOf(phrase, values).join('')

/** The same as a piece of a page, where values may be links or emphasis; other values are escaped. */
export const fillHtml = <Name extends string>(phrase: Phrase<Name>, values: Readonly<Record<Name, Value>>): Html =>
  html`${partsOf(phrase, values)}`

// Splitting by a pattern with a group answers texts and names by turns.
const partsOf = <V>(phrase: Phrase<string>, values: Readonly<Record<string, V>>): (V | string)[] =>
  (phrase as unknown as string).split(place).map((part, at) => (at % 2 === 0 ? part : (values[part] ?? '')))
