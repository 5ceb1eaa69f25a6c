import { type Html, html, nothing } from '../html.ts'
import { attribute, type FieldFrame, framed, stateAttributes } from './field.ts'
import { fieldId } from './field-id.ts'

/** A field with a list of values. */
export interface SelectField extends FieldFrame {
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly value?: string | undefined
  readonly required?: boolean
  readonly autocomplete?: string | undefined
}

/** A list from which one value is taken. */
export const selectField = (given: SelectField): Html =>
  framed(
    given,
    html`<select class="input inputField-customizable" id="${fieldId(given.name)}" name="${given.name}"${attribute('autocomplete', given.autocomplete)}${stateAttributes(given)}>${given.options.map(
      ({ value, text }) => html`<option value="${value}"${value === given.value ? html` selected` : nothing}>${text}</option>`,
    )}</select>`,
  )
