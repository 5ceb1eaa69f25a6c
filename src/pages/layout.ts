import type { Bar, Graphic, Look } from '../domain/look.ts'
import { type Alert, alert as alertBox } from './components/alert.ts'
import { favicons } from './components/favicons.ts'
import { type LanguageChooser, languageChooser } from './components/language-chooser.ts'
import { picture } from './components/picture.ts'
import { asIs, type Html, html, nothing, type Value } from './html.ts'
import { scriptUrl, sheetUrl } from './static-assets.ts'
import { directionOf, type Language } from './strings/languages.ts'
import type { Strings } from './strings/strings.ts'

/** What a page is made of. */
export interface PageParts {
  /** What stands before paths of this server, without a trailing slash. */
  readonly root: string
  readonly look: Look
  readonly language: Language
  readonly strings: Strings
  /** What the browser's tab says; the heading unless it is given. */
  readonly title?: string | undefined
  readonly heading: string
  /** What people must know of the application whose page it is. */
  readonly notice?: Value
  readonly alert?: Alert | undefined
  /** What the form asks for, which the branding may have a picture of. */
  readonly graphic?: Graphic | undefined
  readonly body: Value
  /** Small print under the card. */
  readonly footer?: Value
  /** Shown on pages of version 2 only. */
  readonly languages?: LanguageChooser | undefined
}

// In a tagged template the end of a script would have the bundler call a package that nobody installs.
const scriptAt = (root: string): Html => html`${asIs('<script src="')}${root}${scriptUrl}${asIs('" defer></script>')}`

/** A whole page as an HTML document: one card with one heading and one task. */
export const pageLayout = (page: PageParts): string => {
  const { root, look, language, heading, title = heading, notice, alert, body } = page
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}" data-version="${look.version}" data-mode="${look.mode}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="robots" content="noindex, nofollow">
${favicons(look)}
<link rel="stylesheet" href="${root}${sheetUrl}">
${look.sheetUrl && html`<link rel="stylesheet" href="${look.sheetUrl}">`}
${scriptAt(root)}
</head>
<body class="background-customizable${look.compact && ' compact'}" data-x="${look.form.horizontal}" data-y="${look.form.vertical}">
${look.header && html`<header class="header">${barLogo(look.header, look)}</header>`}
${formLogo(look, { inside: false, edge: 'top' })}
<main class="card">
${formLogo(look, { inside: true, edge: 'top' })}${graphicOf(page)}
<h1>${heading}</h1>
${notice ? alertBox({ kind: 'info', text: notice }) : nothing}
${alert && alertBox(alert)}
${body}
${formLogo(look, { inside: true, edge: 'bottom' })}
</main>
${formLogo(look, { inside: false, edge: 'bottom' })}
${footerOf(page)}
</body>
</html>
`.toString()
}

const formLogo = ({ logo, mode }: Look, { inside, edge }: { readonly inside: boolean; readonly edge: 'top' | 'bottom' }): Html =>
  logo?.inside === inside && logo.edge === edge
    ? html`<div class="banner banner-customizable at-${edge}${!inside && ' outside'}" data-side="${logo.side}">${picture(logo.picture, mode, 'logo logo-customizable')}</div>`
    : nothing

const graphicOf = ({ graphic, look: { graphics, mode } }: PageParts): Html => {
  const image = graphic && graphics[graphic]
  return image ? picture(image, mode, 'graphic') : nothing
}

const barLogo = ({ logo, side }: Bar, { mode }: Look): Html =>
  logo ? html`<div data-side="${side}">${picture(logo, mode, 'logo')}</div>` : nothing

const footerOf = ({ look, language, strings, footer, languages }: PageParts): Html =>
  html`<footer class="footer${look.footer && ' bar'}">${footer && html`<div>${footer}</div>`}${
    languages && look.version === 2 && languageChooser(languages, { language, strings })
  }${look.footer && barLogo(look.footer, look)}</footer>`
