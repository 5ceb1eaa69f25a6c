import { type Html, html, nothing, type Value } from '../html.ts'
import { type FieldFrame, idOf } from './field.ts'

/** What a person must know before anything else on the page. */
export interface Alert {
  readonly kind: 'error' | 'info' | 'success'
  readonly text?: Value
  /** Errors of fields, each of which leads to its field. */
  readonly fields?: readonly (Pick<FieldFrame, 'id' | 'name'> & { readonly text: string })[]
}

/** A message above the form, which screen readers read out. */
export const alert = ({ kind, text, fields = [] }: Alert): Html =>
  html`<div class="alert ${classes[kind]}" role="${kind === 'error' ? 'alert' : 'status'}">${marks[kind]}<div>${
    text ? html`<p>${text}</p>` : nothing
  }${
    fields.length > 0 ? html`<ul>${fields.map((field) => html`<li><a href="#${idOf(field)}">${field.text}</a></li>`)}</ul>` : nothing
  }</div></div>`

const mark = (path: string): Html =>
  html`<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="12" r="9.5"/><path d="${path}"/></svg>`
const marks = { error: mark('M12 7v6M12 16.5v.01'), info: mark('M12 11v6M12 7.5v.01'), success: mark('M8 12.5l3 3 5-6.5') }
const classes = { error: 'failure errorMessage-customizable', info: 'note', success: 'success' }
