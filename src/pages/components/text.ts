import { type Html, html, type Value } from '../html.ts'

/** A paragraph between the heading and the fields. */
export const text = (words: Value): Html => html`<p class="text textDescription-customizable">${words}</p>`

/** Small print, such as terms. */
export const legalText = (words: Value): Html => html`<p class="legal legalText-customizable">${words}</p>`

/** A name, an address or a number in a sentence, which keeps its own direction. */
export const value = (words: string): Html => html`<bdi class="value">${words}</bdi>`
