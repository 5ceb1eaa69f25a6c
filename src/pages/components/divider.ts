import { type Html, html } from '../html.ts'

/** A thin rule between two ways, with a word in it when there is one. */
export const divider = (word?: string): Html =>
  word ? html`<div class="divider"><span>${word}</span></div>` : html`<hr class="rule-line">`
