import { type Html, html, nothing } from '../html.ts'
import { fillHtml } from '../strings/fill.ts'
import type { Strings } from '../strings/strings.ts'
import { link } from './link.ts'

/** Who is signing in, with a way to be somebody else, and the name where password managers look for it (in the password's form). */
export const accountLine = ({ account, otherHref, strings }: { account: string; otherHref?: string | undefined; strings: Strings }): Html =>
  html`<div class="account"><input type="text" value="${account}" autocomplete="username" readonly hidden><span>${fillHtml(strings.common.signedInAs, { account: html`<bdi class="account-name">${account}</bdi>` })}</span>${
    otherHref ? link({ text: strings.common.notYou, href: otherHref }) : nothing
  }</div>`
