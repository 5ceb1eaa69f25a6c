import { type Html, html, nothing } from '../html.ts'

const scheme = /^[a-z][a-z0-9+.-]*:/i

/** An address that a link may have: one of our own, or one of the web; anything else leads nowhere. */
export const safeHref = (href: string): string => {
  // Browsers skip control characters and spaces when they look for the scheme.
  const address = [...href].filter((character) => character > ' ').join('')
  return !scheme.test(address) || /^https?:/i.test(address) ? address : '#'
}

/** A link in a sentence; `away` opens it in a new tab that knows nothing of this one. */
export const link = ({ text, href, away }: { readonly text: string; readonly href: string; readonly away?: boolean }): Html =>
  html`<a class="link redirect-customizable" href="${safeHref(href)}"${away ? html` target="_blank" rel="noopener noreferrer"` : nothing}>${text}</a>`
