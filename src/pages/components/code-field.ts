import { type Html, html } from '../html.ts'
import { attribute, type Field, framed, stateAttributes } from './field.ts'
import { fieldId } from './field-id.ts'

/** A field for a code. */
export interface CodeField extends Pick<Field, 'label' | 'hint' | 'error' | 'autofocus'> {
  /** `code` unless it is given. */
  readonly name?: string
  readonly value?: string | undefined
}

/** A single field for a one-time code, which browsers fill by themselves; spaces in what is pasted do no harm (`cleanCode`). */
export const codeField = ({ name = 'code', value, ...given }: CodeField): Html => {
  const frame = { ...given, name, required: true }
  return framed(
    frame,
    html`<input class="input code inputField-customizable" id="${fieldId(name)}" name="${name}" type="text" inputmode="numeric" autocomplete="one-time-code" enterkeyhint="done" autocapitalize="none" spellcheck="false" dir="ltr" data-code${attribute('value', value)}${stateAttributes(frame)}>`,
  )
}
