import { type Html, html } from '../html.ts'
import type { Strings } from '../strings/strings.ts'

/** A key to type elsewhere, in groups of four, with a button that copies it without the spaces. */
export const secret = ({ label, value, strings }: { readonly label: string; readonly value: string; readonly strings: Strings }): Html =>
  html`<div class="secret"><code class="secret-text" aria-label="${label}" dir="ltr">${value.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code><button class="button secondary small needs-script" type="button" data-copy="${value}" data-copied="${strings.common.copied}" aria-live="polite">${strings.common.copy}</button></div>`
