import { type Html, html, type Value } from '../html.ts'

/** Secondary ways under a thin rule, one under the other. */
export const otherWays = (ways: readonly Value[]): Html => {
  const shown = ways.filter((way) => html`${way}`.toString() !== '')
  return html`${shown.length > 0 && html`<div class="ways">${shown.map((way) => html`<div>${way}</div>`)}</div>`}`
}
