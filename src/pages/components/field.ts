import { type Html, html, nothing, type Value } from '../html.ts'
import { fieldId } from './field-id.ts'

/** What every field has, whatever is typed into it. */
export interface FieldFrame {
  readonly name: string
  /** Of the input; `fieldId` of the name unless it is given. */
  readonly id?: string | undefined
  readonly label: string
  /** What helps before typing. */
  readonly hint?: Value
  /** Why the last try was refused. */
  readonly error?: string | undefined
  /** The word behind the label of a field that may stay empty. */
  readonly optional?: string | undefined
}

/** A field of one line. */
export interface Field extends FieldFrame {
  readonly type?: 'text' | 'email' | 'tel' | 'date' | 'number' | 'url' | undefined
  readonly value?: string | undefined
  /** The tokens of the HTML standard's "Autofill". */
  readonly autocomplete?: string | undefined
  readonly inputmode?: 'text' | 'email' | 'tel' | 'numeric' | 'url' | undefined
  readonly enterkeyhint?: 'next' | 'go' | 'send' | 'done' | undefined
  readonly required?: boolean | undefined
  readonly autofocus?: boolean | undefined
  readonly maxlength?: number | undefined
}

const typedModes = { email: 'email', tel: 'tel', number: 'numeric', url: 'url', text: undefined, date: undefined } as const

/** The id of a field's input. */
export const idOf = ({ id, name }: Pick<FieldFrame, 'id' | 'name'>): string => id ?? fieldId(name)

/** A field of one line under its label, with its hint, and its error under it. */
export const field = (given: Field): Html => {
  const { name, type = 'text', value, autocomplete, inputmode = typedModes[type], enterkeyhint } = given
  const isName = autocomplete?.startsWith('username') ?? false
  // Browsers capitalise and correct what is typed into a text field; a user name is no sentence.
  const verbatim = isName || type === 'email' ? html` autocapitalize="none" spellcheck="false"` : nothing
  return framed(
    given,
    html`<input class="input inputField-customizable" id="${idOf(given)}" name="${name}" type="${type}"${[
      attribute('value', value),
      attribute('autocomplete', autocomplete),
      attribute('inputmode', inputmode),
      attribute('enterkeyhint', enterkeyhint),
      attribute('maxlength', given.maxlength),
      verbatim,
      // An address or a number stays readable from the left inside a page that is written from the right.
      type === 'email' || type === 'tel' || type === 'url' ? html` dir="ltr"` : isName ? html` dir="auto"` : nothing,
      stateAttributes(given),
    ]}>`,
  )
}

/** An attribute with a space before it; nothing without a value. */
export const attribute = (name: string, value: string | number | undefined): Html =>
  value === undefined || value === '' ? nothing : html` ${name}="${value}"`

/** The attributes of an input that follow from its frame: required, focus, and what describes it. */
export const stateAttributes = (
  { hint, error, required, autofocus, ...named }: FieldFrame & Pick<Field, 'required' | 'autofocus'>,
  describedBy: readonly string[] = [],
): Html => {
  const id = idOf(named)
  const ids = [...(error ? [`${id}-error`] : []), ...(hint ? [`${id}-hint`] : []), ...describedBy].join(' ')
  return html`${[
    required ? html` required` : nothing,
    autofocus ? html` autofocus` : nothing,
    error ? html` aria-invalid="true"` : nothing,
    attribute('aria-describedby', ids),
  ]}`
}

/** An input between its label and hint above and its error under it. */
export const framed = ({ label, hint, error, optional, ...named }: FieldFrame, input: Html): Html => {
  const id = idOf(named)
  return html`<div class="field">
<label class="label label-customizable" for="${id}">${label}${optional ? html` <span class="optional">(${optional})</span>` : nothing}</label>
${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}${input}
${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}</div>`
}
