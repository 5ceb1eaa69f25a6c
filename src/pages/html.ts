import { raw, html as tag } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** A piece of a page that is safe to stand in another one: at run time an object, of which `toString` makes a text. */
export type Html = HtmlEscapedString

/** What may stand in a template: pieces of pages as they are, other values escaped, nothing for undefined, null and booleans. */
export type Value = Html | string | number | boolean | null | undefined | readonly Value[]

/** A piece of a page, with every value escaped for text and for attributes in double quotes. */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Html =>
  // Hono's tag answers a promise only when a value is one, and none of these is.
  tag(strings, ...values) as Html

/** A text of our own that is a piece of a page as it is. */
export const asIs = (own: string): Html => raw(own) as Html

/** No more than an empty place. */
export const nothing: Html = html``
