import { type Html, html } from '../html.ts'
import { attribute } from './field.ts'
import type { Submit } from './primary-button.ts'

/** A button among links. */
export interface LinkButton extends Submit {
  /** The id of the form that it sends from outside of it. */
  readonly form?: string | undefined
}

/** A button that looks like a link: sends the form it stands in, without asking for its required fields. */
export const linkButton = ({ text, name, value, action, form }: LinkButton): Html =>
  html`<button class="link redirect-customizable" type="submit" formnovalidate${attribute('form', form)}${attribute('name', name)}${attribute('value', value)}${attribute('formaction', action)}>${text}</button>`
