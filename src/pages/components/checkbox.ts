import { type Html, html, nothing } from '../html.ts'
import { fieldId } from './field-id.ts'

/** A box to tick, sent as `on`. */
export const checkbox = ({ name, label, checked }: { readonly name: string; readonly label: string; readonly checked?: boolean }): Html =>
  html`<label class="checkbox" for="${fieldId(name)}"><input type="checkbox" id="${fieldId(name)}" name="${name}"${checked ? html` checked` : nothing}> <span>${label}</span></label>`
