import { type Html, html, type Value } from '../html.ts'
import { hiddenFields } from './hidden-fields.ts'

/** A form and what it sends besides its fields. */
export interface Form {
  readonly action: string
  /** `post` unless it is given. */
  readonly method?: 'get' | 'post'
  readonly hidden?: Readonly<Record<string, string | undefined>>
  readonly body: Value
}

/** A form that the script lets send only once at a time. */
export const form = ({ action, method = 'post', hidden = {}, body }: Form): Html =>
  html`<form class="form" action="${action}" method="${method}">${hiddenFields(hidden)}${body}</form>`
