import { type Html, html, type Value } from '../html.ts'
import { attribute } from './field.ts'
import { hiddenFields } from './hidden-fields.ts'

/** A form and what it sends besides its fields. */
export interface Form {
  readonly action: string
  /** `post` unless it is given. */
  readonly method?: 'get' | 'post'
  /** For a button outside of it. */
  readonly id?: string | undefined
  readonly hidden?: Readonly<Record<string, string | undefined>>
  readonly name?: string | undefined
  readonly body: Value
}

/** A form that the script lets send only once at a time. Scripts that drive AWS's pages look for `<form action=`. */
export const form = ({ action, method = 'post', id, hidden = {}, name, body }: Form): Html =>
  html`<form action="${action}" class="form" method="${method}"${attribute('id', id)}${attribute('name', name)}>${hiddenFields(hidden)}${body}</form>`
