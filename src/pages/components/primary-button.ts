import { type Html, html } from '../html.ts'
import { attribute } from './field.ts'

/** A button that sends the form. */
export interface Submit {
  /** What it does, as a verb. */
  readonly text: string
  readonly name?: string | undefined
  readonly value?: string | undefined
  /** Sends the form to another address than its own. */
  readonly action?: string | undefined
}

/** The same where AWS's page has an input, which scripts that drive it press; it can't show that it is busy. */
export const primaryInput = ({ text, name }: Pick<Submit, 'text' | 'name'>): Html =>
  html`<input class="button primary submitButton-customizable" type="submit"${attribute('name', name)} value="${text}">`

/** The page's one button for what the page is for. */
export const primaryButton = ({ text, name, value, action }: Submit): Html =>
  html`<button class="button primary submitButton-customizable" type="submit"${attribute('name', name)}${attribute('value', value)}${attribute('formaction', action)}>${text}</button>`
