import { type Html, html } from '../html.ts'
import { attribute } from './field.ts'
import { safeHref } from './link.ts'
import type { Submit } from './primary-button.ts'

/** Another way, as a button of full width: sends the form without asking for its required fields, or follows a link. */
export const secondaryButton = (given: Submit | { readonly text: string; readonly href: string }): Html =>
  'href' in given
    ? html`<a class="button secondary" href="${safeHref(given.href)}">${given.text}</a>`
    : html`<button class="button secondary" type="submit" formnovalidate${attribute('name', given.name)}${attribute('value', given.value)}${attribute('formaction', given.action)}>${given.text}</button>`
